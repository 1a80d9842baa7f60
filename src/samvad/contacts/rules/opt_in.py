"""How people ask to be written to again."""

from samvad.kernel.phrases import keywords, phrases

# Whoever says one of these means it, opted out or not.
_WORDS = """
start; unstop; opt in; optin; opt me in; start again; start messages; restart messages
resubscribe; subscribe me again
start karo messages; opt me back in; start messaging; start messaging me; start texting me
resume messages
réabonner; me réabonner; réabonnez moi; me réinscrire; réinscrivez moi; se réabonner
darme de alta de nuevo; quiero recibir mensajes; reanudar mensajes; volver a recibir mensajes
quero receber mensagens; voltar a receber mensagens; retomar mensagens; me inscrever de novo
me inscreva de novo
message bhejo phir se; messages phir se chalu karo; message chalu karo; message shuru karo
messages shuru karo
मैसेज शुरू करो; मैसेज शुरू करें; मैसेज चालू करो; फिर से मैसेज भेजो; मैसेज फिर से भेजो
मैसेज फिर से शुरू करो; मैसेज फिर से चालू करो; फिर से मैसेज शुरू करो
berlangganan lagi; kirim pesan lagi; mulai kirim pesan lagi; langganan lagi
أريد استلام الرسائل; إعادة الاشتراك; أعد اشتراكي; استئناف الرسائل; أرسلوا لي الرسائل مجددا
"""

# These resume something, or agree: they count only for somebody who has opted out.
_WHEN_OUT = """
yes; yeah; yep; y; ya; yup; yes please; subscribe; subscribe me; resume; continue; restart; enable
activate; sign me up
come back; im back; i am back; unblock; unmute
oui; reprendre; recommencer; continuer; m'inscrire; inscrire; s'abonner; abonner
oui je veux recevoir; je veux recevoir
sí; si; alta; dar de alta; darme de alta; suscribir; suscribirme; suscribirse; suscripcion
reanudar; continuar
empezar; volver; activar; inscribirme; quiero volver; quiero suscribirme
sim; voltar; inscrever; me inscrever; retomar; continuar; ativar; assinar; quero voltar; quero receber
हाँ; हां; हा; शुरू करें; शुरू करो; शुरू; चालू करो; चालू करें; चालू; मैसेज भेजो; संदेश भेजें
मैसेज भेजें; जारी रखें; शुरू कर दो
haan; han; ha; haa; hanji; haanji; shuru karo; shuru kro; shuru kar do; shuru; chalu karo
chalu kro; chalu kar do; chalu
message bhejo; messages bhejo; msg bhejo; jaari rakho; phir se shuru karo; phir se chalu karo
iya; ya; mulai; lanjutkan; lanjut; berlangganan; langganan; daftar; aktifkan; aktifkan lagi
mulai lagi; kirim lagi
نعم; ايوه; ايوا; اي; ابدأ; ابدؤوا; اشتراك; اشترك; اشتركوني; استئناف; تفعيل; ارسلوا لي
اريد الاشتراك; ابدأ من جديد
"""

_LISTS = {
    "news": "messages message msgs msg texts updates offers promotions notifications "
    "newsletter mensajes mensaje "
    "ofertas promociones notificaciones novedades mensagens mensagem promocoes "
    "notificacoes novidades messages sms "
    "offres promotions nouvelles pesan promo info رسائل الرسائل رسائلكم عروضكم العروض",
    "your": "your ur the these those any all of sus los las las de mas tus vos les des de as "
    "suas os seus mais de",
    "again": "again once+more de+nuevo otra+vez nuevamente de+novo novamente outra+vez "
    "a+nouveau de+nouveau lagi "
    "kembali مجددا من+جديد مره+اخري",
    "start": "start resume restart begin",
}
_PHRASES = """
{start} sending|messaging|texting|whatsapping me|us
{start} sending {your}~ {news} {again}
{start} {your}~ {news} {again}
opt me|us back? in
opt back in
want|like to opt back? in $
subscribe|resubscribe|add|sign me back|again|up again|to|for? {your}~ {news}
add me back
want|like|ready to? receive|get|have {your}~ {news} {again}
can|may|could you|u? message|text|contact me again $
you can|may message|text|contact me again $
quiero|deseo|quisiera volver+a? recibir {your}~ {news} {again}? $
volver|vuelvan|vuelva a recibir|enviarme|mandarme|escribirme {your}~ {news}?
quero|desejo|gostaria voltar|de+voltar? a? receber {your}~ {news} {again}? $
voltar|podem+voltar|pode+voltar|voltem a? receber|me+mandar|me+enviar {your}~ {news}
veux|voudrais|souhaite recevoir {your}~ {news} {again}
veux|voudrais|souhaite {again} recevoir {your}~ {news}
reabonn*|reinscri* moi
mau|ingin terima|menerima {news} {again}
aktifkan|mulai {news} {again}
اريد|ارغب استلام|تلقي|استقبال|في+استلام الرسائل|رسائلكم {again}? $
"""

WORDS = keywords(_WORDS)
WHEN_OUT = keywords(_WHEN_OUT)
PHRASES = phrases(_PHRASES, _LISTS)
