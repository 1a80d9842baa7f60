"""Units of goods, of time and of size, each with its base: kg is 1000 g."""

import re
from decimal import Decimal

from samvad.kernel.facts.types import Measure

_UNITS = """
mg 0.001 g; g 1 g; gm 1 g; gms 1 g; gr 1 g; gram 1 g; grams 1 g; gramos 1 g; gramas 1 g; kg 1000 g
kgs 1000 g; kilo 1000 g; kilos 1000 g; kilogram 1000 g; kilograms 1000 g; quintal 100000 g
lb 453.592 g; lbs 453.592 g; oz 28.3495 g; ml 1 ml; cl 10 ml; l 1000 ml; lt 1000 ml; ltr 1000 ml
ltrs 1000 ml; litre 1000 ml; litres 1000 ml; liter 1000 ml; liters 1000 ml; litro 1000 ml
litros 1000 ml; gallon 3785.41 ml; mm 1 mm; cm 10 mm; metre 1000 mm; metres 1000 mm; meter 1000 mm
meters 1000 mm; km 1000000 mm; kms 1000000 mm; kilometre 1000000 mm; kilometres 1000000 mm
kilometer 1000000 mm; kilometers 1000000 mm; mile 1609344 mm; miles 1609344 mm; inch 25.4 mm
inches 25.4 mm; ft 304.8 mm; foot 304.8 mm; feet 304.8 mm; sqft 1 sqft; sq.ft 1 sqft
sqm 10.7639 sqft; m2 10.7639 sqft; acre 43560 sqft; acres 43560 sqft; sec 1 s; secs 1 s; second 1 s
seconds 1 s; min 60 s; mins 60 s; minute 60 s; minutes 60 s; minutos 60 s; hr 3600 s; hrs 3600 s
hour 3600 s; hours 3600 s; hora 3600 s; horas 3600 s; ghante 3600 s; day 1 day; days 1 day
dia 1 day; dias 1 day; día 1 day; días 1 day; din 1 day; jour 1 day; jours 1 day; hari 1 day
week 7 day; weeks 7 day; semana 7 day; semanas 7 day; hafte 7 day; month 1 month; months 1 month
mes 1 month; meses 1 month; mês 1 month; mahina 1 month; mahine 1 month; year 12 month
years 12 month; yr 12 month; yrs 12 month; año 12 month; años 12 month; ano 12 month; anos 12 month
night 1 night; nights 1 night; noche 1 night; noite 1 night; piece 1 piece; pieces 1 piece
pc 1 piece; pcs 1 piece; pieza 1 piece; each 1 piece; unit 1 piece; units 1 piece; item 1 piece
items 1 piece; nos 1 piece; unidad 1 piece; unidade 1 piece; plate 1 plate; plates 1 plate
dozen 12 piece; pack 1 pack; packs 1 pack; packet 1 pack; packets 1 pack; pkt 1 pack; box 1 box
boxes 1 box; caja 1 box; caixa 1 box; bottle 1 bottle; bottles 1 bottle; botella 1 bottle
garrafa 1 bottle; can 1 can; cans 1 can; cup 1 cup; cups 1 cup; jar 1 jar; jars 1 jar; bag 1 bag
bags 1 bag; pair 1 pair; pairs 1 pair; set 1 set; sets 1 set; tray 1 tray; slice 1 slice
slices 1 slice; loaf 1 loaf; cake 1 cake; bunch 1 bunch; roll 1 roll; sheet 1 sheet; page 1 page
person 1 person; persons 1 person; people 1 person; guest 1 person; guests 1 person
persona 1 person; pax 1 person; head 1 person; adult 1 adult; adults 1 adult; child 1 child
children 1 child; student 1 student; seat 1 seat; session 1 session; sessions 1 session
class 1 class; classes 1 class; visit 1 visit; visits 1 visit; lesson 1 lesson; order 1 order
delivery 1 delivery; trip 1 trip; room 1 room; rooms 1 room; table 1 table; machine 1 machine
"""
_ENTRIES = [entry.split() for line in _UNITS.split("\n") for entry in line.split(";") if entry.strip()]
_TABLE = {word: (Decimal(factor), base) for word, factor, base in _ENTRIES}
_LONGEST_FIRST = sorted((re.escape(word) for word in _TABLE), key=len, reverse=True)  # not "k" of "kg"
WORD = rf"(?:{'|'.join(_LONGEST_FIRST)}|sq\.?\s?(?:ft|feet|m))"


def measure(amount: Decimal, unit: str) -> Measure:
    """`amount` of `unit`, a word of `WORD`, in its base."""
    word = unit.lower()
    if word not in _TABLE:
        word = "sqm" if word.endswith("m") else "sqft"
    factor, base = _TABLE[word]
    return Measure((amount * factor).normalize(), base)
