/** The widget's own words, in the languages of Samvad. */

const en = {
  chat: "Chat",
  chatWith: "Chat with {title}",
  close: "Close the chat",
  messages: "Messages",
  choices: "Suggested answers",
  write: "Write a message",
  message: "Message",
  send: "Send",
  sending: "Sending",
  received: "Received",
  read: "Read",
  notSent: "Not sent.",
  again: "Try again",
  coming: "An answer is on its way",
  willAnswer: "A person will answer",
  answersHere: "A person will answer you here.",
  isHere: "A person is here",
  person: "A person, {at}",
  fresh: "new messages",
  file: "Open the file",
  reconnecting: "Reconnecting…",
  closed: "This chat is closed.",
  away: "The chat cannot be reached at the moment.",
};

export type Words = typeof en;

const es: Words = {
  chat: "Chat",
  chatWith: "Chatear con {title}",
  close: "Cerrar el chat",
  messages: "Mensajes",
  choices: "Respuestas sugeridas",
  write: "Escribe un mensaje",
  message: "Mensaje",
  send: "Enviar",
  sending: "Enviando",
  received: "Recibido",
  read: "Leído",
  notSent: "No se envió.",
  again: "Reintentar",
  coming: "Llega una respuesta",
  willAnswer: "Responderá una persona",
  answersHere: "Una persona te responderá aquí.",
  isHere: "Te atiende una persona",
  person: "Una persona, {at}",
  fresh: "mensajes nuevos",
  file: "Abrir el archivo",
  reconnecting: "Reconectando…",
  closed: "Este chat está cerrado.",
  away: "El chat no está disponible en este momento.",
};

const pt: Words = {
  chat: "Chat",
  chatWith: "Conversar com {title}",
  close: "Fechar o chat",
  messages: "Mensagens",
  choices: "Respostas sugeridas",
  write: "Escreva uma mensagem",
  message: "Mensagem",
  send: "Enviar",
  sending: "Enviando",
  received: "Recebida",
  read: "Lida",
  notSent: "Não foi enviada.",
  again: "Tentar de novo",
  coming: "A resposta está a caminho",
  willAnswer: "Uma pessoa vai responder",
  answersHere: "Uma pessoa vai responder aqui.",
  isHere: "Uma pessoa está aqui",
  person: "Uma pessoa, {at}",
  fresh: "mensagens novas",
  file: "Abrir o arquivo",
  reconnecting: "Reconectando…",
  closed: "Este chat está fechado.",
  away: "O chat não está disponível no momento.",
};

const fr: Words = {
  chat: "Chat",
  chatWith: "Discuter avec {title}",
  close: "Fermer le chat",
  messages: "Messages",
  choices: "Réponses proposées",
  write: "Écrivez un message",
  message: "Message",
  send: "Envoyer",
  sending: "Envoi en cours",
  received: "Reçu",
  read: "Lu",
  notSent: "Non envoyé.",
  again: "Réessayer",
  coming: "Une réponse arrive",
  willAnswer: "Une personne va répondre",
  answersHere: "Une personne vous répondra ici.",
  isHere: "Une personne est là",
  person: "Une personne, {at}",
  fresh: "nouveaux messages",
  file: "Ouvrir le fichier",
  reconnecting: "Reconnexion…",
  closed: "Ce chat est fermé.",
  away: "Le chat est injoignable pour le moment.",
};

const hi: Words = {
  chat: "चैट",
  chatWith: "{title} से चैट करें",
  close: "चैट बंद करें",
  messages: "संदेश",
  choices: "सुझाए गए उत्तर",
  write: "संदेश लिखें",
  message: "संदेश",
  send: "भेजें",
  sending: "भेजा जा रहा है",
  received: "मिल गया",
  read: "पढ़ा गया",
  notSent: "नहीं भेजा गया।",
  again: "फिर कोशिश करें",
  coming: "उत्तर आ रहा है",
  willAnswer: "कोई व्यक्ति उत्तर देगा",
  answersHere: "कोई व्यक्ति आपको यहीं उत्तर देगा।",
  isHere: "एक व्यक्ति यहाँ है",
  person: "एक व्यक्ति, {at}",
  fresh: "नए संदेश",
  file: "फ़ाइल खोलें",
  reconnecting: "फिर से जुड़ रहा है…",
  closed: "यह चैट बंद है।",
  away: "अभी चैट से संपर्क नहीं हो पा रहा है।",
};

const hinglish: Words = {
  chat: "Chat",
  chatWith: "{title} se chat karein",
  close: "Chat band karein",
  messages: "Messages",
  choices: "Sujhaye gaye jawab",
  write: "Message likhein",
  message: "Message",
  send: "Bhejein",
  sending: "Bheja ja raha hai",
  received: "Mil gaya",
  read: "Padha gaya",
  notSent: "Nahi bheja gaya.",
  again: "Phir koshish karein",
  coming: "Jawab aa raha hai",
  willAnswer: "Koi vyakti jawab dega",
  answersHere: "Koi vyakti aapko yahin jawab dega.",
  isHere: "Ek vyakti yahan hai",
  person: "Ek vyakti, {at}",
  fresh: "naye messages",
  file: "File kholein",
  reconnecting: "Phir se jud raha hai…",
  closed: "Yeh chat band hai.",
  away: "Abhi chat se sampark nahi ho pa raha hai.",
};

const id: Words = {
  chat: "Chat",
  chatWith: "Chat dengan {title}",
  close: "Tutup chat",
  messages: "Pesan",
  choices: "Saran jawaban",
  write: "Tulis pesan",
  message: "Pesan",
  send: "Kirim",
  sending: "Mengirim",
  received: "Diterima",
  read: "Dibaca",
  notSent: "Tidak terkirim.",
  again: "Coba lagi",
  coming: "Jawaban sedang dibuat",
  willAnswer: "Petugas akan menjawab",
  answersHere: "Petugas akan menjawab Anda di sini.",
  isHere: "Petugas ada di sini",
  person: "Petugas, {at}",
  fresh: "pesan baru",
  file: "Buka berkas",
  reconnecting: "Menyambung kembali…",
  closed: "Chat ini ditutup.",
  away: "Chat sedang tidak dapat dihubungi.",
};

const ar: Words = {
  chat: "محادثة",
  chatWith: "محادثة مع {title}",
  close: "إغلاق المحادثة",
  messages: "الرسائل",
  choices: "ردود مقترحة",
  write: "اكتب رسالة",
  message: "رسالة",
  send: "إرسال",
  sending: "جارٍ الإرسال",
  received: "وصلت",
  read: "قُرئت",
  notSent: "لم تُرسل.",
  again: "إعادة المحاولة",
  coming: "الرد في الطريق",
  willAnswer: "سيرد عليك شخص",
  answersHere: "سيرد عليك شخص هنا.",
  isHere: "يوجد شخص هنا",
  person: "شخص، {at}",
  fresh: "رسائل جديدة",
  file: "فتح الملف",
  reconnecting: "إعادة الاتصال…",
  closed: "هذه المحادثة مغلقة.",
  away: "تعذر الوصول إلى المحادثة الآن.",
};

const LANGUAGES: Record<string, Words> = { en, es, pt, fr, hi, hinglish, id, ar };

/** The first of these that Samvad speaks (`pt-BR` is `pt`), else English. */
export function languageOf(...wanted: (string | null | undefined)[]): string {
  const known = wanted.map((one) => (one ?? "").toLowerCase()).flatMap((one) => [one, one.split("-")[0] ?? ""]);
  return known.find((one) => Object.hasOwn(LANGUAGES, one)) ?? "en";
}

export function wordsOf(language: string): Words {
  return LANGUAGES[language] ?? en;
}

/** As browsers name it. */
export function tagOf(language: string): string {
  return language === "hinglish" ? "hi-Latn" : language;
}

export function filled(words: string, name: string, value: string): string {
  return words.replace(`{${name}}`, () => value);
}
