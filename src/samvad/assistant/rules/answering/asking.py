"""How people ask, in eight languages: the phrases that say what is wanted, and several words that are one.

Not checked by native speakers.
"""

from samvad.assistant.rules.answering.types import Asked

# Their words are no subject of the question; the longest counts where two fit.
ASKED: dict[Asked, str] = {
    Asked.PRICE: """
        q cuesta; que cuesta; que cuestan; cuesta; cuestan; en cuanto; cuanto por; cuanto saldria; cuanto
        me sale; cuanto hay q dejar; cuanto hay que dejar; e quanto; quanto tem que; quanto de entrada;
        quanto por; em quanto; quanto ficaria; custa; custam; fica em quanto; magkano; hm po; how much na;
        bei gani; bei ya; price ya; a cuanto esta; cuanto; quanto; quanto vai; cuanto va; que sale; what
        would it cost; what will it cost; whats the damage; qto custa; qto e; qnto custa; quanto ta;
        quanto sao; quanto sai; quanto fica; quanto seria; quanto cobra; quanto pago; qual valor; qual o
        valor; valor do; valor da; ta quanto; por quanto; a quanto; sai por quanto; cuanto cobrais; cuanto
        valen; cuanto seria; cuanto cobra; que precio; a cuanto; cuanto me; quanto pra; how much per; does
        it cost; the rent; rent of; rent for; what rent; monthly rent; rent kitna; rent kya; what do i
        pay; what do we pay; what do i have to pay; what must i pay; what will i pay; how much do i pay;
        how much; how expensive; what do you charge; price; prices; pricing; cost; costs; costing; rate;
        rates; charge; charges; fee; fees; priced; tariff; mrp; quote; quotation; how many rupees; cuanto
        cuesta; cuanto cuestan; cuanto vale; cuanto es; cuanto sale; cuanto cobran; precio; precios;
        costo; tarifa; quanto custa; quanto custam; quanto e; quanto cobram; preco; precos; valor; combien
        coute; combien; coutent; c est combien; prix; tarif; tarifs; kitne ka; kitne ki; kitne ke; kitna
        hai; kitne rupaye; kitne paise; kya rate; kya price; kimat; keemat; daam; dam; kitne mein; kitna
        lagega; kitna padega; kitna charge; berapa harga; harga; harganya; berapa; कितने का; कितने की;
        कितने के; कीमत; दाम; रेट; भाव; كم سعر; سعر; السعر; بكم
    """,
    Asked.HOURS: """
        q horas; a q hora; que hora; que horas abrem; fecha q horas; abrem no; abrem aos; abrem ao; abren
        los; abren el; cierran a; estan abiertos; ta aberto; esta aberto; how late; how early; ate que
        hora; ate que horas; ate q horas; que hora abre; que hora fecha; a que horas; abre; fecha; abris;
        cerrais; funciona no; funcionam; horario de atencion; hasta que hora; abre no; opening hours;
        business hours; working hours; opening times; opening time; closing time; open till; open until;
        what time; what hours; which hours; hours; timings; timing; are you open; you open; do you open;
        do you close; you close; shop open; store open; when open; horario; horarios; a que hora; abren;
        abierto; abiertos; cierran; que horas; abrem; aberto; abertos; fecham; horaires; quelle heure;
        ouvert; ouverts; ouvrez; fermez; kab khulta; kab khulti; kab khulte; kab band; kitne baje; khula;
        khule; samay; jam buka; jam berapa; buka; कब खुलता; कब खुलती; कितने बजे; खुला; समय; ساعات العمل;
        متى تفتحون
    """,
    Asked.PLACE: """
        donde dejo; donde es; donde quedan; onde voces ficam; onde e a loja; whereabouts; saan kayo; mko
        wapi; wapi; donde estais; donde os; como llegar; como llego; como chego; fica onde; onde e; cual
        es la direccion; where are you; where is your; where s your; wheres your; where is the; where can
        i find you; where located; your address; address; location; located; which area are you; how do i
        find you; how do i reach; how to reach; how can i reach; directions; donde estan; donde queda;
        donde esta; direccion; ubicacion; onde fica; onde ficam; onde voces; endereco; localizacao; ou
        etes; ou se trouve; adresse; kahan hai; kahan ho; kaha hai; kaha par; kahan par; pata; di mana;
        dimana; alamat; lokasi; कहाँ है; कहां है; पता; اين; عنوان
    """,
    Asked.CONTACT: """
        phone number; contact number; telephone number; mobile number; whatsapp number; helpline; email
        address; email id; e mail address; contact details; how do i contact; how can i contact; how to
        contact; contact you; reach you; call you; email you; which number; what number; what is your
        number; your number; email; phone; website; numero de telefono; numero de telefone; telefono;
        telefone; correo; numero de telephone; nomor; phone no; phone nambar; contact; upi id; instagram;
        फोन नंबर; نمرة; رقم
    """,
    Asked.DURATION: """
        cada cuanto; cuanto se tardan; se tardan; cuanto tardan; cuanto demora; cuanto demoran; en cuanto
        tiempo; dura quanto tempo; quanto demora; quanto tempo demora; demora mt; demora muito; demora
        quanto; cuanto dura; que tanto dura; cuantas horas; quantas horas; quantas semanas; cuantas
        semanas; how long will; how long before; cuantos minutos; quantos minutos; quanto dura; em qto
        tempo; qto tempo; cto tiempo; cuanto dura; cuanto se tarda; cuanto tiempo dura; qual o prazo;
        prazo de; prazo; em quantos dias; em quanto tempo; demora; cuantos meses; quantos meses; how much
        notice; how much time; how long; how soon; how fast; how quickly; how many days; how many hours;
        how many minutes; how many weeks; how many months; how many years; what is the duration; duration;
        cuanto tiempo; cuanto tarda; cuanto tardan; cuantos dias; quanto tempo; quantos dias; quanto
        demora; combien de temps; combien de jours; kitne din; kitni der; kitne ghante; kitna time; kitna
        samay; berapa lama; berapa hari; कितने दिन; कितनी देर; كم يوم
    """,
    Asked.COUNT: """
        desde que edad; que edad; a partir de que idade; que idade; qual idade; cuanto pesa; quanto pesa;
        how heavy; how many people; cuantas personas; quantas pessoas; what age; how high; how much
        discount; how many; how big; how large; how heavy; how far; how old; how tall; how often; what
        percentage; what size; which size; what weight; how wide; what is the minimum; what is the
        maximum; whats the minimum; minimum; maximum; cuantos; cuantas; quantos; quantas; combien de;
        kitne log; kitne; berapa banyak; berapa orang; कितने; كم عدد
    """,
    Asked.DATE: """
        when; which day; what day; which days; what days; what date; by when; cuando; que dia; que dias;
        quando; quand; kab; kab tak; kis din; kapan; कब; متى; deadline; last date
    """,
    Asked.PERSON: """
        quien pone; quien corta; quien da; quem da; quem atende; con quien; com quem; sino; who; quien
        hace; quien es; quem e; quem faz; whos; whose; quien; quem; qui; kaun; siapa; कौन; من
    """,
    Asked.STOCK: """
        teneis; haceis; ofreceis; trabajais con; trabalham com; trabalha com; vcs tem; vc tem; vcs vendem;
        tem ai; tem o; disponivel; got; do you have; do you sell; do you stock; do you carry; do you
        offer; do you keep; have you got; do you make; is there; are there; can i buy; can i get; do u
        have; have you; you have; u have; got any; any; in stock; available; availability; looking for; i
        need; i want; tienen; tiene; hay; venden; vende; tem; tens; voces tem; vendem; avez vous; vous
        avez; vendez vous; milta hai; milega; milti hai; milegi; milte; hai kya; rakhte; ada; apakah ada;
        punya; jual; मिलता; मिलेगा; मिलेगी; عندكم; هل يوجد; لديكم; stock
    """,
    Asked.YES_NO: """
        hacen; ponen; dan; dao; vcs dao; vcs; llevan; levam; mandan; mandam; venden; se puede; puedo;
        posso; permite; permiten; permitem; incluye; incluyen; inclui; incluem; trae; precisa; preciso;
        necesito; hay que; tengo que; tenho que; need to; pwede ba; pwede; may; na ba; ba; aceptais;
        atendeis; se pueden; podeis; da para; da pra; aceita; aceitam; fazem; faz; entregam; entrega; is;
        are; do; does; can; could; will; would; may; should; must; did; has; have; puedo; puede; pueden;
        se puede; posso; pode; podem; peut on; est ce que; puis je; kya; apakah; bisa; क्या; هل
    """,
    Asked.HOW: """
        what is; what are; whats; what; which; how do i; how can i; how to; how does; how do you; how;
        what happens; what if; why; what is your policy; policy; process; procedure; como; comment; kaise;
        bagaimana; कैसे; كيف
    """,
}

# Expressions over bare words, and the one word that they stand for.
PHRASES = {
    r"r u": r"are you",
    r"(?:hiya|heya|helo)": r"hi",
    r"n": r"and",
    r"r": r"are",
    r"2moro|tmrw|tmr": r"tomorrow",
    r"spd": r"speed",
    r"e ?bikes?|electric bi(?:kes?|cycles?)": r"ebike",
    r"put (?:it|them|this|that) together|put together": r"assembly",
    r"do (?:it|this) up": r"repair",
    r"home visit": r"visit",
    r"sign up": r"register",
    r"(?:do|would|will) you charge": r"does it cost",
    r"half price": r"discount",
    r"as a gift": r"gift",
    r"wi fi": r"wifi",
    r"air ?con(?:ditioning|ditioner|ditioned)?|a c": r"aircon",
    r"swimming pool": r"pool",
    r"late(?:ly)? check ?out": r"checkout",
    r"per night": r"nightly",
    r"per week": r"weekly",
    r"how (?:late|early)": r"what time",
    r"delivery (?:boy|man|guy|person|partner|agent)s?": r"rider",
    r"home delivery": r"delivery",
    r"(?:money|cash) back": r"refund",
    r"give back|bring back|send back|take back|taken back": r"return",
    r"pick(?:ed|ing)? up|picked up": r"pickup",
    r"how long (?:do|does|will|can) (.{1,40}?) (?:last|keep|stay good|stay fresh)": r"how long \1 keep",
    r"working days|business days": r"days",
    r"check in": r"checkin",
    r"check out": r"checkout",
    r"sugar free": r"sugarfree",
    r"gluten free": r"gluten",
    r"e mail": r"email",
    r"(\d+) ?(?:bhk|bed|bedrooms?)": r"\1 bedroom",
    r"(?:go|goes|going|went) up": r"increase",
    r"how much (?:of a )?(?:notice|time)": r"how long notice",
    r"paying guest": r"pg",
    r"(?:brokerage|commission)(?: (?:fees?|charges?|rate))?": r"fee",
    r"hand(?:ed)? over": r"handover",
    r"per month": r"monthly",
    r"per day": r"daily",
    r"lower price|price reduction": r"discount",
    r"in charge of": r"handles",
    r"eat in|dine in|sit down and eat": r"dinein",
}
