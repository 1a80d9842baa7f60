"""The system's own texts in eight languages, each at most 280 characters with a business name in it."""

import re
from enum import StrEnum

from samvad.kernel.language import Language, best

_FACT = re.compile(r"\{(\w+)\}")


class Text(StrEnum):
    PERSON_WILL_ANSWER = "person_will_answer"
    PERSON_BACK_AT = "person_back_at"  # {time}
    MEDIA_RECEIVED = "media_received"
    OPTED_OUT_CONFIRMED = "opted_out_confirmed"
    OPTED_IN_CONFIRMED = "opted_in_confirmed"
    TAKEN = "taken"  # a described problem is noted
    FALLBACK = "fallback"


_L = Language
TEXTS: dict[Text, dict[Language, str]] = {
    Text.PERSON_WILL_ANSWER: {
        _L.ENGLISH: "Thank you for your message. A person from {business} will answer you here.",
        _L.SPANISH: "Gracias por su mensaje. Una persona de {business} le responderá aquí.",
        _L.PORTUGUESE: "Obrigado pela mensagem. Uma pessoa de {business} vai responder aqui.",
        _L.FRENCH: "Merci pour votre message. Une personne de {business} vous répondra ici.",
        _L.HINDI: "आपके संदेश के लिए धन्यवाद। {business} से कोई व्यक्ति आपको यहीं जवाब देगा।",
        _L.HINGLISH: "Aapke message ke liye dhanyavaad. {business} se koi vyakti aapko yahin jawab dega.",
        _L.INDONESIAN: "Terima kasih atas pesannya. Staf {business} akan membalas Anda di sini.",
        _L.ARABIC: "شكرا على رسالتك. سيرد عليك شخص من {business} هنا.",
    },
    Text.PERSON_BACK_AT: {
        _L.ENGLISH: (
            "Thank you for your message. {business} is closed now. A person will answer "
            "you here from {time}."
        ),
        _L.SPANISH: (
            "Gracias por su mensaje. {business} está cerrado ahora. Una persona le "
            "responderá aquí desde: {time}."
        ),
        _L.PORTUGUESE: (
            "Obrigado pela mensagem. {business} está fechado agora. Uma pessoa vai "
            "responder aqui a partir de: {time}."
        ),
        _L.FRENCH: (
            "Merci pour votre message. {business} est fermé pour le moment. Une personne "
            "vous répondra ici à partir de : {time}."
        ),
        _L.HINDI: (
            "आपके संदेश के लिए धन्यवाद। {business} अभी बंद है। कोई व्यक्ति आपको यहीं "
            "जवाब देगा, समय: {time} से।"
        ),
        _L.HINGLISH: (
            "Aapke message ke liye dhanyavaad. {business} abhi band hai. Koi vyakti "
            "aapko yahin jawab dega, samay: {time} se."
        ),
        _L.INDONESIAN: (
            "Terima kasih atas pesannya. {business} sedang tutup. Staf kami akan "
            "membalas Anda di sini mulai {time}."
        ),
        _L.ARABIC: "شكرا على رسالتك. {business} مغلق الآن. سيرد عليك شخص هنا ابتداء من: {time}.",
    },
    Text.MEDIA_RECEIVED: {
        _L.ENGLISH: (
            "Thank you, we have received it. A person from {business} will look at it "
            "and answer you here."
        ),
        _L.SPANISH: (
            "Gracias, lo hemos recibido. Una persona de {business} lo revisará y le "
            "responderá aquí."
        ),
        _L.PORTUGUESE: "Obrigado, recebemos. Uma pessoa de {business} vai ver e responder aqui.",
        _L.FRENCH: (
            "Merci, nous l'avons bien reçu. Une personne de {business} va le regarder et "
            "vous répondre ici."
        ),
        _L.HINDI: "धन्यवाद, हमें मिल गया। {business} से कोई व्यक्ति इसे देखकर आपको यहीं जवाब देगा।",
        _L.HINGLISH: (
            "Dhanyavaad, humein mil gaya. {business} se koi vyakti ise dekhkar aapko "
            "yahin jawab dega."
        ),
        _L.INDONESIAN: (
            "Terima kasih, sudah kami terima. Staf {business} akan melihatnya dan "
            "membalas Anda di sini."
        ),
        _L.ARABIC: "شكرا، لقد استلمناه. سيطلع عليه شخص من {business} ويرد عليك هنا.",
    },
    Text.OPTED_OUT_CONFIRMED: {
        _L.ENGLISH: (
            "Done: {business} will not send you automatic messages any more. To get them "
            "again, send START."
        ),
        _L.SPANISH: (
            "Listo: {business} no le enviará más mensajes automáticos. Para recibirlos "
            "de nuevo, envíe START."
        ),
        _L.PORTUGUESE: (
            "Pronto: {business} não vai mais enviar mensagens automáticas. Para voltar a "
            "receber, envie START."
        ),
        _L.FRENCH: (
            "C'est fait : {business} ne vous enverra plus de messages automatiques. Pour "
            "les recevoir à nouveau, envoyez START."
        ),
        _L.HINDI: "हो गया: {business} अब आपको स्वचालित संदेश नहीं भेजेगा। फिर से पाने के लिए START भेजें।",
        _L.HINGLISH: (
            "Ho gaya: {business} ab aapko automatic messages nahi bhejega. Phir se paane "
            "ke liye START bhejein."
        ),
        _L.INDONESIAN: (
            "Selesai: {business} tidak akan mengirim pesan otomatis lagi. Untuk "
            "menerimanya kembali, kirim START."
        ),
        _L.ARABIC: "تم: لن يرسل لك {business} رسائل تلقائية بعد الآن. لاستلامها من جديد أرسل START.",
    },
    Text.OPTED_IN_CONFIRMED: {
        _L.ENGLISH: (
            "Done: you will get messages from {business} again. To stop them at any "
            "time, send STOP."
        ),
        _L.SPANISH: (
            "Listo: volverá a recibir mensajes de {business}. Para dejar de recibirlos, "
            "envíe STOP."
        ),
        _L.PORTUGUESE: "Pronto: você vai voltar a receber mensagens de {business}. Para parar, envie STOP.",
        _L.FRENCH: (
            "C'est fait : vous recevrez à nouveau les messages de {business}. Pour les "
            "arrêter, envoyez STOP."
        ),
        _L.HINDI: "हो गया: आपको {business} के संदेश फिर से मिलेंगे। रोकने के लिए कभी भी STOP भेजें।",
        _L.HINGLISH: (
            "Ho gaya: aapko {business} ke messages phir se milenge. Rokne ke liye kabhi "
            "bhi STOP bhejein."
        ),
        _L.INDONESIAN: (
            "Selesai: Anda akan menerima pesan dari {business} lagi. Untuk berhenti "
            "kapan saja, kirim STOP."
        ),
        _L.ARABIC: "تم: ستصلك رسائل {business} من جديد. لإيقافها في أي وقت أرسل STOP.",
    },
    Text.TAKEN: {
        _L.ENGLISH: (
            "Thank you, we have noted it. A person from {business} will look into it and "
            "answer you here."
        ),
        _L.SPANISH: (
            "Gracias, lo hemos anotado. Una persona de {business} lo revisará y le "
            "responderá aquí."
        ),
        _L.PORTUGUESE: "Obrigado, anotamos. Uma pessoa de {business} vai verificar e responder aqui.",
        _L.FRENCH: "Merci, c'est noté. Une personne de {business} va s'en occuper et vous répondre ici.",
        _L.HINDI: "धन्यवाद, हमने नोट कर लिया है। {business} से कोई व्यक्ति इसे देखकर आपको यहीं जवाब देगा।",
        _L.HINGLISH: (
            "Dhanyavaad, humne note kar liya hai. {business} se koi vyakti ise dekhkar "
            "aapko yahin jawab dega."
        ),
        _L.INDONESIAN: (
            "Terima kasih, sudah kami catat. Staf {business} akan memeriksanya dan "
            "membalas Anda di sini."
        ),
        _L.ARABIC: "شكرا، لقد سجلنا ذلك. سيتابع شخص من {business} الأمر ويرد عليك هنا.",
    },
    Text.FALLBACK: {
        _L.ENGLISH: (
            "Sorry, I did not understand that. Could you say it in other words? You can "
            "also ask for a person."
        ),
        _L.SPANISH: (
            "Disculpe, no lo he entendido. ¿Puede decirlo con otras palabras? También "
            "puede pedir hablar con una persona."
        ),
        _L.PORTUGUESE: (
            "Desculpe, não entendi. Pode dizer com outras palavras? Também pode pedir "
            "para falar com uma pessoa."
        ),
        _L.FRENCH: (
            "Désolé, je n'ai pas compris. Pouvez-vous le dire autrement ? Vous pouvez "
            "aussi demander une personne."
        ),
        _L.HINDI: (
            "माफ़ कीजिए, मैं समझ नहीं पाया। क्या आप दूसरे शब्दों में कह सकते हैं? आप "
            "किसी व्यक्ति से बात करने को भी कह सकते हैं।"
        ),
        _L.HINGLISH: (
            "Maaf kijiye, main samajh nahi paya. Kya aap doosre shabdon mein keh sakte "
            "hain? Aap kisi vyakti se baat karne ko bhi keh sakte hain."
        ),
        _L.INDONESIAN: (
            "Maaf, saya belum mengerti. Bisa disampaikan dengan kata lain? Anda juga "
            "bisa minta bicara dengan orang."
        ),
        _L.ARABIC: "عذرا، لم أفهم. هل يمكنك قول ذلك بكلمات أخرى؟ يمكنك أيضا أن تطلب التحدث مع شخص.",
    },
}  # fmt: skip
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    _L.ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    _L.SPANISH: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    _L.PORTUGUESE: (
        "segunda-feira", "terça-feira", "quarta-feira",
        "quinta-feira", "sexta-feira", "sábado", "domingo"
    ),
    _L.FRENCH: ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    _L.HINDI: ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"),
    _L.HINGLISH: ("Somvaar", "Mangalvaar", "Budhvaar", "Guruvaar", "Shukravaar", "Shanivaar", "Ravivaar"),
    _L.INDONESIAN: ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    _L.ARABIC: ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}  # fmt: skip


def text(key: Text, language: Language, **facts: str) -> str:
    """The text of `key` with its facts filled in; every text may name `business`."""
    return filled(best(TEXTS[key], language), **facts)


def filled(template: str, **facts: str) -> str:
    """`template` with each `{fact}` replaced; one that was not given stays as it is written."""
    return _FACT.sub(lambda m: facts.get(m[1], m[0]), template)
