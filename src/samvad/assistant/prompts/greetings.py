"""What the first rules answer, in eight languages; every word of the menu leads on."""

from samvad.kernel.language import Language

_L = Language

GREETING = {
    _L.ENGLISH: (
        "Hello, welcome to {business}. Write what you need:\n• prices\n• order\n• demo\n• help\n• person"
    ),
    _L.SPANISH: (
        "Hola, le damos la bienvenida a {business}. Escriba lo que necesita:\n• "
        "precios\n• pedido\n• demo\n• ayuda\n• persona"
    ),
    _L.PORTUGUESE: (
        "Olá, boas-vindas à {business}. Escreva o que precisa:\n• preços\n• pedido\n• "
        "demo\n• ajuda\n• atendente"
    ),
    _L.FRENCH: (
        "Bonjour et bienvenue chez {business}. Écrivez ce qu'il vous faut :\n• prix\n• "
        "commande\n• démo\n• aide\n• conseiller"
    ),
    _L.HINDI: ("नमस्ते, {business} में आपका स्वागत है। जो चाहिए, वह लिखें:\n• कीमत\n• ऑर्डर\n• डेमो\n• मदद\n• एजेंट"),
    _L.HINGLISH: (
        "Namaste, {business} mein aapka swagat hai. Jo chahiye woh likhein:\n• kimat\n• "
        "order\n• demo\n• madad\n• agent"
    ),
    _L.INDONESIAN: (
        "Halo, selamat datang di {business}. Tulis yang Anda perlukan:\n• harga\n• "
        "pesanan\n• demo\n• bantuan\n• admin"
    ),
    _L.ARABIC: "مرحبا بك في {business}. اكتب ما تحتاجه:\n• الأسعار\n• طلبي\n• تجربة\n• مساعدة\n• موظف",
}
DEMO = {
    _L.ENGLISH: (
        "With pleasure. Please send us your e-mail address, and a person from {business} "
        "will arrange it with you."
    ),
    _L.SPANISH: (
        "Con gusto. Envíenos su correo electrónico y una persona de {business} lo coordinará con usted."
    ),
    _L.PORTUGUESE: "Com prazer. Envie seu e-mail, e uma pessoa de {business} vai combinar com você.",
    _L.FRENCH: (
        "Avec plaisir. Envoyez-nous votre adresse e-mail : une personne de {business} l'organisera avec vous."
    ),
    _L.HINDI: "ज़रूर। कृपया अपना ई-मेल पता भेजें, {business} से कोई व्यक्ति आपके साथ इसे तय करेगा।",
    _L.HINGLISH: (
        "Zaroor. Kripya apna e-mail address bhejein, {business} se koi vyakti aapke saath ise tay karega."
    ),
    _L.INDONESIAN: (
        "Dengan senang hati. Silakan kirim alamat e-mail Anda, staf {business} akan mengaturnya bersama Anda."
    ),
    _L.ARABIC: "بكل سرور. أرسل لنا بريدك الإلكتروني وسيرتب شخص من {business} الأمر معك.",
}
SUPPORT = {
    _L.ENGLISH: (
        "We are sorry for the trouble. Please describe it in one message: what happened, "
        "and with which product or order?"
    ),
    _L.SPANISH: (
        "Lamentamos el inconveniente. Descríbalo en un mensaje: ¿qué pasó y con qué producto o pedido?"
    ),
    _L.PORTUGUESE: (
        "Lamentamos o transtorno. Descreva em uma mensagem: o que aconteceu e com qual produto ou pedido?"
    ),
    _L.FRENCH: (
        "Désolés pour ce désagrément. Décrivez-le en un message : que s'est-il passé, et "
        "avec quel produit ou quelle commande ?"
    ),
    _L.HINDI: "असुविधा के लिए खेद है। कृपया एक संदेश में बताएं: क्या हुआ, और किस सामान या ऑर्डर के साथ?",
    _L.HINGLISH: (
        "Asuvidha ke liye khed hai. Kripya ek message mein batayein: kya hua, aur kis "
        "saamaan ya order ke saath?"
    ),
    _L.INDONESIAN: (
        "Maaf atas kendalanya. Mohon jelaskan dalam satu pesan: apa yang terjadi, dan "
        "pada produk atau pesanan yang mana?"
    ),
    _L.ARABIC: "نأسف للإزعاج. صف لنا المشكلة في رسالة واحدة: ماذا حدث، ومع أي منتج أو طلب؟",
}
HUMAN = {
    _L.ENGLISH: (
        "This is the automatic assistant of {business}. A person takes over now and will answer you here."
    ),
    _L.SPANISH: (
        "Soy el asistente automático de {business}. Ahora continúa una persona, que le responderá aquí."
    ),
    _L.PORTUGUESE: (
        "Este é o assistente automático de {business}. Agora uma pessoa assume e vai responder aqui."
    ),
    _L.FRENCH: (
        "Ici l'assistant automatique de {business}. Une personne prend le relais et vous répondra ici."
    ),
    _L.HINDI: "यह {business} का स्वचालित सहायक है। अब कोई व्यक्ति बात आगे बढ़ाएगा और आपको यहीं जवाब देगा।",
    _L.HINGLISH: (
        "Yeh {business} ka automatic assistant hai. Ab koi vyakti baat aage badhayega "
        "aur aapko yahin jawab dega."
    ),
    _L.INDONESIAN: (
        "Ini asisten otomatis {business}. Sekarang staf kami yang melanjutkan dan membalas Anda di sini."
    ),
    _L.ARABIC: "هذا المساعد الآلي لـ {business}. سيتولى شخص المحادثة الآن ويرد عليك هنا.",
}
PRICING = {
    _L.ENGLISH: (
        "Thank you for asking. Please write which product or service you mean; a person "
        "from {business} will answer you here."
    ),
    _L.SPANISH: (
        "Gracias por preguntar. Escriba qué producto o servicio le interesa; una persona "
        "de {business} le responderá aquí."
    ),
    _L.PORTUGUESE: (
        "Obrigado por perguntar. Escreva qual produto ou serviço; uma pessoa de "
        "{business} vai responder aqui."
    ),
    _L.FRENCH: (
        "Merci de votre question. Écrivez de quel produit ou service il s'agit ; une "
        "personne de {business} vous répondra ici."
    ),
    _L.HINDI: (
        "पूछने के लिए धन्यवाद। कृपया लिखें कि कौन सा सामान या सेवा चाहिए; {business} से कोई व्यक्ति आपको यहीं जवाब देगा।"
    ),
    _L.HINGLISH: (
        "Poochne ke liye dhanyavaad. Kripya likhein kaun sa saamaan ya seva; {business} "
        "se koi vyakti aapko yahin jawab dega."
    ),
    _L.INDONESIAN: (
        "Terima kasih sudah bertanya. Mohon tulis produk atau layanan yang dimaksud; "
        "staf {business} akan membalas Anda di sini."
    ),
    _L.ARABIC: "شكرا على سؤالك. اكتب المنتج أو الخدمة التي تقصدها، وسيرد عليك شخص من {business} هنا.",
}
ORDER_STATUS = {
    _L.ENGLISH: (
        "Please write your order number if you have it. A person from {business} will "
        "look it up and answer you here."
    ),
    _L.SPANISH: (
        "Escriba su número de pedido si lo tiene. Una persona de {business} lo "
        "consultará y le responderá aquí."
    ),
    _L.PORTUGUESE: (
        "Escreva o número do pedido, se tiver. Uma pessoa de {business} vai consultar e responder aqui."
    ),
    _L.FRENCH: (
        "Écrivez votre numéro de commande si vous l'avez. Une personne de {business} va "
        "vérifier et vous répondre ici."
    ),
    _L.HINDI: "यदि हो तो कृपया अपना ऑर्डर नंबर लिखें। {business} से कोई व्यक्ति देखकर आपको यहीं जवाब देगा।",
    _L.HINGLISH: (
        "Agar ho to kripya apna order number likhein. {business} se koi vyakti dekhkar "
        "aapko yahin jawab dega."
    ),
    _L.INDONESIAN: (
        "Mohon tulis nomor pesanan Anda jika ada. Staf {business} akan memeriksanya dan "
        "membalas Anda di sini."
    ),
    _L.ARABIC: "اكتب رقم طلبك إن وجد. سيتحقق شخص من {business} ويرد عليك هنا.",
}
BYE = {
    _L.ENGLISH: "Thank you for writing to {business}. If you need anything else, just write here.",
    _L.SPANISH: "Gracias por escribir a {business}. Si necesita algo más, escríbanos aquí.",
    _L.PORTUGUESE: "Obrigado por escrever para {business}. Se precisar de mais alguma coisa, escreva aqui.",
    _L.FRENCH: "Merci d'avoir écrit à {business}. Si vous avez besoin d'autre chose, écrivez-nous ici.",
    _L.HINDI: "{business} को लिखने के लिए धन्यवाद। कुछ और चाहिए हो तो यहीं लिखें।",
    _L.HINGLISH: "{business} ko likhne ke liye dhanyavaad. Kuch aur chahiye ho to yahin likhein.",
    _L.INDONESIAN: "Terima kasih sudah menghubungi {business}. Jika perlu hal lain, silakan tulis di sini.",
    _L.ARABIC: "شكرا لمراسلتك {business}. إذا احتجت إلى شيء آخر فاكتب هنا.",
}
