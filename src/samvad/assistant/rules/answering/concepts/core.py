"""Words of every business that mean one thing, in eight languages; not checked by native speakers."""

CORE = """
price prices pricing cost costs rate rates tariff mrp precio precios costo preco precos valor prix tarif
kimat keemat daam dam harga कीमत दाम रेट भाव سعر السعر; fee fees surcharge charge charges charged; deliver
delivers delivery deliveries delivered delivering ship ships shipping shipped courier doorstep envio
envios enviar entregar entrega entregas entregam domicilio reparto livrer livraison livrez pengiriman
kirim antar ongkir pahuncha pahunchate deliveri डिलीवरी توصيل; open opens opening opened hours timing
timings horario horarios horas abre abren abierto abierta abrem abrir aberto horaires ouvert ouvrez
ouverture buka khula khulta khulti khulte khule samay खुला खुलता खुली समय ساعات مفتوح; close closes closed
closing shut shuts cierra cierran cerrado fecha fecham fechado ferme fermez fermeture tutup band बंद مغلق;
address location located locate situated direccion ubicacion ubicados ubicado endereco localizacao
localizado adresse alamat lokasi pata पता عنوان; shop store showroom outlet branch branches premises
tienda loja magasin boutique toko dukan dukaan दुकान متجر; pay pays paid paying payment payments pago
pagos pagar pagamento pagamentos paiement payer bayar pembayaran bhugtan भुगतान دفع; card cards tarjeta
tarjetas cartao cartoes carte kartu; cash efectivo dinheiro especes tunai nakad naqad नकद; refund refunds
refunded refundable reembolso reembolsan reembolsar remboursement remboursez; return returns returned
returning returnable devolver devolucion devoluciones devolucao retour retourner; exchange exchanges
exchanged swap troca trocas trocar cambio cambios cambiar; replace replaces replaced replacement
replacements; cancel cancels cancelled canceled cancelling cancellation cancellations cancelar cancelacion
cancelamento annuler annulation batal; order orders ordering ordered pedido pedidos pedir encomenda
encomendar commande commander pesan pesanan ऑर्डर طلب; minimum min minimo minima least smallest lowest;
maximum max maximo most; phone telephone mobile call telefono telefone telephoner telepon फोन هاتف; email
mail correo; contact reach contactar contato; book books booking bookings booked reserve reservation
reservations reservar reserva reservas pesan; appointment appointments cita citas agendar agendamento rdv;
discount discounts offers deals off promo promotion descuento descuentos desconto descontos reduction
diskon chhoot chhut छूट خصم; free gratis gratuit gratuito gratuita muft मुफ्त مجاني complimentary;
warranty warranties guarantee guarantees guaranteed garantia garantie garansi warantee; parking park
estacionamiento estacionamento parkir; milk leche leite lait susu doodh dudh दूध حليب; curd dahi yogurt
yoghurt दही; water agua eau air paani pani पानी; bread pao roti ब्रेड; rice arroz riz chawal nasi चावल;
egg eggs huevo huevos ovo ovos oeuf oeufs telur anda ande; chicken pollo frango poulet ayam murgh; cheese
queso queijo fromage keju; butter mantequilla manteiga beurre makhan मक्खन; ghee घी; tea cha teh chai चाय;
coffee cafe kopi कॉफी; sugar azucar acucar sucre gula cheeni; flat flats apartment apartments apartamento
apartamentos piso appartement फ्लैट شقة; rent rental rents alquiler aluguel loyer sewa kiraya किराया;
bedroom bedrooms bhk dormitorio dormitorios habitacion habitaciones quarto quartos chambre chambres kamar;
deposit deposits deposito caucao caution; vegetarian veg vegetariano vegetariana vegetarien; vegan vegana
vegano; gluten; allergen allergens allergy allergies allergic alergia alergias; nut nuts peanut peanuts;
child children kid kids infantil infantiles nino ninos nina ninas crianca criancas enfant enfants bachche
bachchon anak; pet pets mascota mascotas; subscribe subscription subscriptions
subscribing suscripcion assinatura abonnement membership memberships member; install installs installed
installing installation instalacion instalacao; repair repairs repaired repairing reparacion reparar
conserto; maintenance maintain servicing mantenimiento manutencao; owner owned owns founder founded dueno
dono malik proprietaire; size sizes tamano tamanho taille ukuran; weight weigh weighs peso poids; color
colour colors colours cores couleur; small chico pequeno pequena petit petite chhota kecil; large big
grande grand bada besar; daily everyday; today hoy hoje aaj hari ini आज; tomorrow manana amanha demain kal
besok कल; morning manhana manha matin subah pagi सुबह; evening noche noite soir shaam sham sore शाम;
sample samples trial trials taste tasting muestra amostra; invoice invoices bill bills bil factura nota
facture; pickup collect collection collecting retirar recoger takeaway; gift gifts gifting regalo presente
cadeau; custom customise customize customised customized personalised personalized bespoke; wholesale bulk
mayoreo atacado gros; stock stocked inventory; fresh fresco fresca frais taza ताजा; expire expires expiry
shelf; whatsapp; website site web online; wifi wi-fi internet; license licence licensed fssai certified
certification; emi instalment instalments installment installments; staff team employees; visit visits
visiting viewing viewings view views tour; late delay delayed; damage damaged broken defective faulty
spoiled spoilt; notice; rider riders deliveryman; young; insurer mutua mutuas convenio convenios plano
planos; filling fillings empaste empastes obturacion obturacao restauracao; whitening blanqueamiento
clareamento branqueamento; braces orthodontics ortodoncia ortodontia brackets aparelho; implant implants
implante implantes; extraction extractions extraccion extracao extracoes; xray xrays radiografia
radiografias; emergency emergencies urgencia urgencias emergencia emergencias urgente urgent; quote quotes
quotation estimate estimates presupuesto presupuestos orcamento orcamentos devis; freight frete fretes
portes; instalments cuotas plazos parcelas parcelar parcelado parcelamento prestacoes financiar
financiacion financiamento; bag bags saco sacos bolsa bolsas; brick bricks tijolo tijolos ladrillo
ladrillos; sand areia arena; nail nails prego pregos clavo clavos; screw screws parafuso parafusos
tornillo tornillos; tool tools ferramenta ferramentas herramienta herramientas; key keys chave chaves
llave llaves; cut cuts cutting corte cortes cortar; receipt receipts recibo recibos notinha; room rooms
quarto quartos habitacion habitaciones kamra kamre; airport airports aeropuerto aeroporto; transfer
transfers shuttle; meal meals food comida comidas refeicao; excursion excursions safari; season seasons
temporada; math maths mathematics mathe matematica matematicas; secondary sec; primary pri; chemistry
chem; physics phy; biology bio; science sci; english eng ingles; makeup replacement replacements; material
materials worksheet worksheets textbook textbooks; fan ventilador; wall parede pared; deadline prazo
prazos plazo; assembly assemble assembles assembled assembling; birthday birthdays; register registration
enrol enroll enrolment enrollment admission inscripcion matricula; student pupil pupils alumno alumnos
aluno alunos; repair fix fixes fixed fixing mend mends mended; question doubt; waterproof; weekend
weekends fin; half media medio meia meio; teacher profesor profesora professor professora; pain dolor dor;
tooth teeth diente dientes muela muelas dente dentes; cleaning clean cleaned limpieza limpeza; bathroom
bathrooms toilet toilets bano banheiro; bed beds cama camas; breakfast cafe; night nights noche noches
noite noites; insurance insured seguro seguros; cement cimento cemento; paint tinta pintura; guest guests
huesped hospede; buy buys buying bought buyer buyers purchase purchasing comprar acheter kharidna beli;
sale seller sellers resale vender venda; hold held holding holds; extra additional added plus; increase
increases increased increasing rise rises raise raised hike escalation; lend let lets letting; sends send
sent; leave leaves left leaving; handover possession; elevator elevators lift lifts; accessible wheelchair
ramp accessibility; brokerage broker brokers commission; advance upfront prepay prepayment downpayment
anticipo adelantado; refill refills refilled refilling restock restocked restocking replenish replenished;
coin coins moneda monedas moedas; contactless tap nfc; electricity power current; technician engineer
mechanic; breakdown breakdowns fault faults jam jams jammed stuck outage; lesson lessons class classes
session sessions clase clases aula aulas cours kelas; trainer trainers coach coaches instructor
instructors teacher teachers tutor tutors profesor; beginner beginners novice starter newcomers; start
starts starting started begin begins beginning empieza empezar comeca comecar; end ends ending finish
finishes over termina; photo photos picture pictures; alcohol beer wine liquor; baby infant infants
toddler toddlers; refrigerator fridge freezer; bike bikes bicycle bicycles cycle cycles; car cars vehicle
vehicles coche carro voiture gaadi; hair; holiday holidays festival festivals vacation vacations feriado
feriados festivo; job jobs hire hiring vacancy vacancies recruit recruiting career careers; complaint
complaints complain; loan loans finance financing mortgage; document documents paperwork papers
documentos; pause paused pausing suspend freeze; keep keeps kept chalta chalti tikta last lasts; furnished
furnishing furniture amueblado mobiliado; area areas zone zones zona bairro ilaka; agreement lease
contract contrato; tax taxes gst vat iva imposto impuesto igv; spicy picante teekha; raw uncooked; sealed
unopened unused; handmade homemade; organic natural; cheque cheques check checks; certificate
certificates; group groups; student students estudiante estudante; women woman ladies lady female; men man
gents male; senior seniors elderly; breakfast desayuno; lunch almuerzo almoco; dinner cena jantar
"""
