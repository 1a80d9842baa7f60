"""The rules that every new tenant starts with, in order; `=` marks a phrase that counts only alone."""

from samvad.assistant.prompts import greetings
from samvad.assistant.prompts.system import TEXTS, Text
from samvad.assistant.types import Action, Builtin, Match, RuleDetails
from samvad.kernel.language import Language
from samvad.kernel.phrases import keywords

_OPT_OUT = """
stop; unsubscribe; =opt out; arrêt; désabonner; désinscrire; =darme de baja; parar; sair; descadastrar
स्टॉप; =बंद करो
=band karo; berhenti; إيقاف; =إلغاء الاشتراك
"""
_OPT_IN = """
start; unstop; =opt in; resubscribe; réabonner
=berlangganan lagi; =إعادة الاشتراك; =quiero recibir mensajes
"""
_HUMAN = """
human; agent; person; representative; operator; =customer care; =talk to a human; =is this a bot; asesor
humano; persona
=hablar con una persona; atendente; =falar com um atendente; conseiller; humain; =parler à un conseiller
एजेंट; इंसान
=किसी इंसान से बात कराओ; insaan; =kisi insaan se baat karao; admin; =bicara dengan admin; موظف
=أريد التحدث مع موظف
"""
_ORDER_STATUS = """
order; tracking; =order status; where is my order; wheres my order; track my order; status of my order
when will my order; my order has not; my order hasnt; pedido; =mi pedido; dónde está mi pedido
estado de mi pedido
cuándo llega mi pedido; mi pedido no ha llegado; =meu pedido; onde está meu pedido; cadê meu pedido
status do pedido
rastrear pedido; commande; =ma commande; où est ma commande; suivi de commande; ऑर्डर; =मेरा ऑर्डर
मेरा ऑर्डर कहाँ है; ऑर्डर कब आएगा; =ऑर्डर स्टेटस; =mera order; mera order kahan; mera order kaha
order kab aayega
order kab aaega; =order ka status; pesanan; =pesanan saya; pesanan saya di mana; di mana pesanan saya
status pesanan
lacak pesanan; طلبي; أين طلبي; وين طلبي; فين طلبي; حالة الطلب; تتبع الطلب
"""
_PRICING = """
price; prices; pricing; cost; rate; rates; quote; =price list; =how much; how much is; how much are
how much does; how much for; what is the price; whats the price; precio; precios; costo; =cuánto
cuánto cuesta
cuánto vale; preço; preços; =quanto; quanto custa; qual o preço; prix; tarif; tarifs; =combien
combien coûte; devis
कीमत; दाम; रेट; कितने का; कितने की; kimat; daam; kitne ka; kitne ki; harga; harganya; =berapa
berapa harga; berapa harganya; السعر
الأسعار; بكم; كم السعر
"""
_DEMO = """
demo; trial; =show me; =free trial; =book a demo; demostración; prueba; =prueba gratis; muéstrame
=quiero una demo
demonstração; teste; =teste grátis; =me mostra; =me mostre; démo; démonstration; essai; =essai gratuit
=montrez moi; डेमो
ट्रायल; दिखाओ; दिखाइए; dikhao; dikhaiye; =demo dikhao; =uji coba; coba; =coba gratis; =tunjukkan; تجربة; ديمو
=تجربة مجانية; =عرض تجريبي; =أرني
"""
_SUPPORT = """
help; issue; issues; problem; broken; support; complaint; faulty; damaged; =not working; =doesnt work
=does not work; ayuda
soporte; problema; roto; =no funciona; queja; ajuda; suporte; quebrado; =não funciona; aide; assistance
problème; cassé
=ne marche pas; =ne fonctionne pas; réclamation; मदद; समस्या; खराब; शिकायत; madad; samasya; kharab
dikkat; shikayat
bantuan; masalah; rusak; kendala; keluhan; مساعدة; مشكلة; عطل; شكوى; =لا يعمل
"""
_GREETING = """
hi; hii; hello; helloo; hey; hiya; menu; 👋; =good morning; =good afternoon; =good evening; =good day
=how are you; hola
=buenos días; =buenas tardes; =buenas noches; buenas; oi; olá; =bom dia; =boa tarde; =boa noite; bonjour
bonsoir; salut
coucou; नमस्ते; नमस्कार; हैलो; हेलो; namaste; namaskar; =kaise ho; =kaise hain; halo; hai; =selamat pagi
=selamat siang
=selamat sore; =selamat malam; assalamualaikum; permisi; مرحبا; أهلا; هلا; سلام; =السلام عليكم
=صباح الخير; =مساء الخير
"""
_BYE = """
bye; goodbye; thanks; =thank you; thx; done; ok; okay; 👍; 🙏; =that is all; =thats all; =see you; gracias
adiós; chao; chau
=hasta luego; =eso es todo; obrigado; obrigada; valeu; tchau; =até logo; merci; =au revoir; =c'est tout
धन्यवाद; शुक्रिया
अलविदा; =ठीक है; dhanyavad; dhanyawad; shukriya; alvida; =theek hai; =ho gaya; =terima kasih; makasih
=sampai jumpa; dadah
selesai; شكرا; =شكرا جزيلا; =مع السلامة; وداعا; تمام
"""


def _rule(
    name: str, phrases: str, action: Action, texts: dict[Language, str], *, topic: str | None = None
) -> RuleDetails:
    said = {language.value: text for language, text in texts.items()}
    return RuleDetails(name, Match.PHRASE, keywords(phrases), action, "", said, topic)


BUILTIN: dict[Builtin, RuleDetails] = {
    Builtin.OPT_OUT: _rule("Opt-out", _OPT_OUT, Action.OPT_OUT, TEXTS[Text.OPTED_OUT_CONFIRMED]),
    Builtin.OPT_IN: _rule("Opt-in", _OPT_IN, Action.OPT_IN, TEXTS[Text.OPTED_IN_CONFIRMED]),
    Builtin.HUMAN: _rule("Talk to a person", _HUMAN, Action.HANDOFF, greetings.HUMAN),
    Builtin.ORDER_STATUS: _rule(
        "Order status", _ORDER_STATUS, Action.LOOKUP, greetings.ORDER_STATUS, topic="order_status"
    ),
    Builtin.PRICING: _rule("Prices", _PRICING, Action.LOOKUP, greetings.PRICING, topic="pricing"),
    Builtin.DEMO: _rule("Demo", _DEMO, Action.REPLY, greetings.DEMO),
    Builtin.SUPPORT: _rule("Support", _SUPPORT, Action.REPLY, greetings.SUPPORT),
    Builtin.GREETING: _rule("Greeting", _GREETING, Action.REPLY, greetings.GREETING),
    Builtin.BYE: _rule("Goodbye", _BYE, Action.REPLY, greetings.BYE),
}
