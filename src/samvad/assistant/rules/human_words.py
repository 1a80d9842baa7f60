"""How people ask for a person; in the notation of kernel.phrases."""

LISTS = {
    "talk": "talk speak chat discuss connect connected "
    "hand+over put+me+through put+me hand+me+over spk tlk text speaking talking",
    "a": "a an the your ur any some someone+from real live actual human another proper senior one of living "
    "customer support service sales care local good",
    "person": "human humans person agent agents representative rep executive operator "
    "manager someone "
    "somebody advisor adviser consultant staff supervisor employee salesperson salesman owner boss team "
    "specialist expert assistant+manager support+team sales+team customer+care customer+service humain",
    "bot": "bot robot machine ai computer chatbot program automated automatic automation a+i "
    "chat+bot auto+reply "
    "automatic+reply autoreply software auto+responder gpt chatgpt",
    "es_talk": "hablar hable hablo habla comunicar comunicarme comuniqueme comunicame "
    "comuniquenme contactar "
    "contactarme conversar pasame paseme pasenme transferir transfiereme transfierame charlar "
    "chatear atienda "
    "hablarle conectame conecteme comunicarse contacto",
    "es_person": "persona humano humana asesor asesora agente ejecutivo ejecutiva representante "
    "alguien operador "
    "operadora encargado encargada vendedor vendedora gerente supervisor empleado consultor "
    "atencion+al+cliente "
    "soporte+humano dueno responsable",
    "es_a": "un una el la tu su algun alguna con a al ser de persona alguien real humana humano "
    "viva verdad otro otra "
    "verdadera",
    "pt_talk": "falar falo fala conversar transferir transfere transfira passar passa passe "
    "contatar contactar chamar chama "
    "conectar ligar+para",
    "pt_person": "pessoa humano humana atendente atendentes agente consultor consultora alguem "
    "vendedor vendedora "
    "gerente operador responsavel representante supervisor assessor corretor funcionario suporte+humano",
    "pt_a": "um uma o a seu sua algum alguma com pra para ser de real verdade pessoa outro outra do da",
    "fr_talk": "parler parle discuter joindre contacter passez+moi passe+moi "
    "mettez+moi+en+relation transferez+moi "
    "mettre+en+relation mettez+moi echanger communiquer transferer converser",
    "fr_person": "humain humaine personne conseiller conseillere agent operateur operatrice "
    "quelqu+un quelquun "
    "responsable vendeur vendeuse commercial commerciale representant technicien gerant patron "
    "employe service+client",
    "fr_a": "un une le la l votre vos a avec au d de vrai vraie reel reelle etre en",
    "hi_person": "इंसान इन्सान आदमी व्यक्ति एजेंट एजेन्ट मैनेजर कर्मचारी प्रतिनिधि अधिकारी "
    "ऑपरेटर मनुष्य बंदे "
    "एक्जीक्यूटिव एग्जीक्यूटिव सलाहकार मालिक स्टाफ कस्टमर+केयर असली+इंसान असली+व्यक्ति ह्यूमन सेल्समैन",
    "hi_bot": "बॉट बोट रोबोट मशीन एआई कंप्यूटर चैटबॉट",
    "hl_person": "insaan insan insano aadmi admi banda bande vyakti agent executive manager "
    "representative person human "
    "staff malik owner customer+care salesman operator real+person bande+se log team supervisor employee",
    "hl_bot": "bot robot machine computer chatbot mashin",
    "talk_hl": "baat bat baatein bt talk",
    "id_talk": "bicara berbicara ngomong ngobrol bicarakan chat dihubungkan hubungkan "
    "disambungkan sambungkan terhubung "
    "berhubungan hubungi menghubungi tersambung chatting konsultasi ngechat tanya nanya "
    "komunikasi dialihkan alihkan",
    "id_person": "orang manusia admin cs agen operator petugas staf staff customer+service sales "
    "penjual manajer "
    "pegawai karyawan adminnya orangnya csnya owner pemilik agent marketing supervisor konsultan mimin",
    "id_a": "dengan sama ke dgn sm langsung seorang seseorang orang asli beneran saya mas mbak "
    "kak pak bagian tim "
    "manusia sungguhan nyata aja saja dg dari pihak",
    "ar_talk": "التحدث اتحدث اتكلم احكي التكلم التواصل اتواصل اكلم الكلام تحويلي حولني حولوني "
    "وصلني وصلوني نتكلم "
    "التحويل اكلمه الحديث احدث ربطي كلام",
    "ar_person": "شخص انسان موظف موظفه ممثل احد حد مندوب مسؤول المسؤول المسوول مسوول الموظف "
    "المدير مدير وكيل بشري "
    "موظفين الدعم خدمه+العملاء الاداره بشر واحد ادمي مستشار حدا البائع ممثلي",
    "ar_a": "مع الي ال من الى احد اي عن طريق شخص حقيقي لشخص لموظف",
    "ar_bot": "بوت روبوت الي اله ماكينه ذكاء برنامج كمبيوتر روبوتا الذكاء رد+الي",
}

PHRASES = """
is|are there {a}~ human|humans|agent|representative|operator
is there someone|somebody|anyone|anybody i|we can|could talk|speak|chat
transfer|connect|forward|escalate|redirect|hand me|us|this|it|my+chat|my+call|over~ to|with {a}~ \
{person}|people
{talk} me|us? to|with|wth|w|2? {a}~ {person}
put|transfer|connect|pass|get|forward me|us through|over? to {a}~ \
sales|support|billing|reception|accounts|{person}
get|give|find|send|bring me|us {a}~ manager|supervisor|owner|boss
get|give|find|send|bring me|us? {a}~ \
human|person|agent|representative|rep|executive|operator|supervisor|advisor
^ {a}~ human|agent|person|representative|operator|executive|rep|advisor|manager|supervisor|humans|staff $
^ {a}~ human|agent|person|representative|operator|executive please|pls|now|needed|required|support|only|help
need|want|prefer|would+like|id+like|wanna to? {a}~ \
human|person|agent|representative|operator|executive|live+support|human+help|human+support|person+to+help|\
human+being|real+one
human|live|real agent|person|support|operator|representative|being|chat|assistance \
please|pls|now|here|available $
^ human|live|real agent|person|support|operator|representative|chat|assistance|help $
is|are|am this|it|you|u|i|there {a}? {bot}~ {bot}
is|are|am this|it|you|u|i {talk}? to|with|chatting? {a}~ {bot}
am|are i|we talking|speaking|chatting|texting to|with {a}~ {bot}|{person}
r|are|is|ru u|you|this|it {a}~ human|person|real|humans|someone|somebody
are|is|r you|u|this|there|anybody|anyone|somebody|someone|any \
human|real|alive|there|person|someone|somebody $
is|are anyone|anybody|someone|somebody|any+human|any+person|a+human|a+person \
there|here|available|real|online|alive|reading
not a? {bot}~ {bot} please|pls
dont|do+not|stop want|wanna|like|giving+me|with to? talk|speak|chat|texting? to|with a|the? {bot}
no {bot} please|pls|only
can|could|may|will|have|ask|please|pls|want|need|get|let|kindly \
someone|somebody|anyone|your|the|a|an|you|u|manager|agent|team|person|executive|representative|boss|owner|\
human|to~ call|phone|ring|contact me|us back|now|please|today|asap|soon~ $
can|could|may|will|have|ask|please|pls|want|need|get|let|kindly \
someone|somebody|anyone|a+person|an+agent|a+human|a+manager|an+executive|a+representative|your+team|\
your+manager to? call|phone|ring|contact|talk|speak|reply|answer
can|could|may|will|have|please|pls|want|need|get|let|kindly \
someone|somebody|anyone|a+person|an+agent|a+human \
to? help|assist me|us? with? this|it|please|here? $
please|pls|plz|kindly|just call|phone|ring me|us
^ call me|us back|please|now|asap~ $
call me back
request|want|need|give|schedule|arrange a|me|for? a|me? call+back|callback|phone+call
contact|phone|mobile|telephone|calling number|no of? {a}~ {person}
number|no of|for {a}~ {person}
can|could|may i|we call you|u|someone|somebody
where is {a}~ manager|owner|boss|human|person|agent
customer care|service number|please|executive
who|whom am|are i talking|speaking|chatting to|with?
real person|human please|here|there|now?
{es_talk} con|a|por|directamente~ {es_a}~ {es_person}
quiero|quisiera|necesito|puedo|deseo|prefiero|solicito|busco|dame|paseme|pasame|favor {es_a}~ \
asesor|asesora|agente|humano|persona+real|operador|operadora|ejecutivo|representante
^ {es_a}~ asesor|asesora|agente|humano|persona|operador|operadora|ejecutivo|representante|humana|\
encargado|persona+real $
asesor|agente|humano|operador por favor
me|que|nos puede|pueden|podria|podrian|puedes|podrias~ \
atender|atienda|atiende|atiendan|llamar|contactar|ayudar|llame|llamen|contacte {es_a}~ {es_person}
alguien que? me|nos puede|pueda|podria~ atender|atienda|llamar|llame|ayudar|ayude|atiende|conteste|contestar
alguien|algun+humano|persona real|humano|ahi|alli|atendiendo|disponible
hay|esta {es_a}~ alguien|humano|persona|asesor|agente ahi|alli|real|aqui|disponible
me puede|pueden|podria|podrian|puedes llamar|marcar
llamame|llameme|llamenme|marcame
eres|es|sos|estoy|usted|esto|hablo|hablando|chateando con|hablando|un|una|es|eres|este|esto~ \
bot|robot|maquina|ia|chatbot|automatico|automatizado|contestador|inteligencia+artificial|persona|humano|\
humana|real
no quiero hablar|chatear con un|una|el? bot|robot|maquina|ia
numero|telefono de|del|para {es_a}~ {es_person}
{pt_talk} com|direto|diretamente|me|pra|para~ {pt_a}~ {pt_person}
quero|preciso|gostaria|posso|prefiro|desejo|chama|me+passa|me+passe de|um|uma|o|a|algum~ \
atendente|humano|atendimento+humano|pessoa+real|operador|consultor|vendedor|corretor
^ {pt_a}~ atendente|humano|atendimento+humano|pessoa|operador|consultor|vendedor|pessoa+real|alguem|\
suporte+humano $
atendente|humano|operador por favor
atendimento humano|pessoal
alguem que? pode|possa|poderia|vai|para|pra~ me? atender|ligar|ajudar|responder|falar|atende|ajuda|liga
alguem|pessoa|humano ai|real|disponivel|online $
tem|ha|existe {pt_a}~ alguem|humano|atendente|pessoa ai|real|aqui|disponivel|online
pode|podem|poderia|podia|favor alguem? me ligar|telefonar
me liga|ligue|liguem|ligar por|please|agora|pf? $
e|eh|voce|vc|es|sou|isso|isto|estou|to|aqui|falando|falo com|falando|um|uma|e|eh|aqui|isso|voce|vc~ \
bot|robo|maquina|ia|chatbot|inteligencia+artificial|automatico|robozinho|pessoa|humano|pessoa+real
nao quero falar com? um|robo|bot|maquina {bot}?
numero|telefone do|de|da {pt_a}~ {pt_person}
{fr_talk} moi? a|avec|au~ {fr_a}~ {fr_person}
veux|voudrais|souhaite|besoin|puis+je|peux|prefere|veut|aimerais {fr_a}~ parler|avoir? {fr_a}~ \
humain|conseiller|conseillere|agent|operateur|vraie+personne|vrai+humain
^ {fr_a}~ humain|conseiller|conseillere|agent|operateur|operatrice|personne|responsable|vraie+personne|\
commercial $
humain|conseiller|agent|operateur s+il|svp|stp
quelqu+un|quelquun|personne peut|pourrait|pour|la|peut+il|reelle? me|m|moi? \
rappeler|appeler|aider|repondre|contacter|la|parler
y a t il {fr_a}~ quelqu+un|humain|personne
rappelez|appelez|rappelle|appelle moi
etes|es|est|suis|c+est|parle|suis+je \
vous|tu|ce|je|un|une|a|que|vous+etes|qu+un|bien|avec|en+train+de+parler~ \
bot|robot|machine|ia|chatbot|automate|reponse+automatique|humain|vraie+personne|personne+reelle|robots
vous|tu|ce|c etes|es|est un|une|bien|vraiment~ bot|robot|machine|ia|chatbot|humain|personne
je parle|discute a|avec un|une? bot|robot|machine|ia|humain
pas|plus de? parler|discuter|un|a|avec~ bot|robot|machine
numero|telephone d|du|de {fr_a}~ {fr_person}
किसी|कोई|एक|असली|इस|अपने|आपके|सच|मुच|के~ {hi_person} से|को|के|का|साथ बात|मिलवा*|जोड़*|कनेक्ट|बातचीत|संपर्क
किसी से बात करा*|करवा*|करनी|करना|कर
{hi_person} से बात
{hi_person} चाहिए|चाहिये|को|दो|बुलाओ|बुलाइए|भेजो|दीजिए
^ असली? {hi_person} $
^ कोई {hi_person} है|हैं
बात करा*|करवा* {hi_person}|किसी
कॉल करो|करें|कीजिए|करिए|कर+दो|करवा*|करवाएं $
मुझे कॉल|फोन|फ़ोन कर*|कीज*
किसी|कोई कॉल|फोन|फ़ोन करें|करे|करो|कर
आप|तुम|ये|यह|क्या|क्या+आप|यहाँ|यहां कोई|एक|असली|सच+में~ {hi_bot}|इंसान|इन्सान|ह्यूमन|असली {hi_bot}? हो|है|हैं
{hi_bot} हो|है|हैं|से क्या|बात?
मैनेजर|मालिक|एजेंट|कस्टमर+केयर का नंबर|नम्बर
{talk_hl} karni|karna|krni|karwani hai|h|hain|he|chahta|chahti? {hl_person}|kisi se
{talk_hl} karni|karna|karwa*|kara*|krni|krna|krwa*|kro|karo {hl_person}|kisi
kisi|koi|ek|asli|real|apne|aapke|sach|much|ke|insaan~ {hl_person}|kisi se|ko|sai \
{talk_hl}|connect|mil*|jod*|contact
{hl_person} se {talk_hl}|connect|milao|milwa*
kisi se {talk_hl}
{hl_person} chahiye|chaiye|chahie|bulao|bulaiye|se+baat|do|dijiye|ko+bulao
^ asli|koi|real|ek~ {hl_person} please|hai|h|chahiye|do|ji? $
{hl_person} se connect|milao|milwa*|jodo
{hl_person} hai|h|hain|he koi? yaha|yahan|kya|online $
koi hai|h|he yaha|yahan|kya? $
mujhe|muje|mereko call|phone kar*|kr*|kij*|lag*
call|phone karo|kro|kijiye|kariye|kar+do|kardo|krdo|karwa*|kar+dijiye|karao mujhe|please|na|bhai? $
kisi|koi|ko|se call|phone kar*|kr*|bol*
aap|ap|tum|tu|ye|yeh|kya|main|mai kya|koi|ek|sach|me|mein|asli|aap|ap|tum|kisi|yeh|ye|real~ \
{hl_bot}|insaan|insan|human|real {hl_bot}? ho|hai|hain|h|se|he
{hl_bot} ho|hai|hain|h|se|he kya|baat|?
manager|owner|malik|agent|customer+care ka|ki|k number|no|contact
{id_talk} {id_a}~ {id_person}
mau|ingin|pengen|minta|butuh|tolong|perlu|bisa|mohon|dapat|pengin {id_talk}? {id_a}~ \
admin|cs|operator|manusia|customer+service|agen|petugas
^ {id_a}~ admin|cs|operator|manusia|orang+asli|agen|petugas|min|customer+service|orang|mimin $
^ {id_a}~ admin|cs|operator|manusia tolong|dong|kak|pls|please|min
ada {id_a}~ orang|admin|manusia|cs|petugas|yang+bisa|org \
disini|di+sini|disana|di+sana|ga|gak|nggak|tidak|nya|kah|online|bantu|dihubungi
tolong|bisa|mohon|minta telepon|telpon|hubungi|call|tlp|ditelepon|ditelpon|dihubungi saya|aku|sy|balik|kami
tolong|bisa|mohon|minta ditelepon|ditelpon|dihubungi|dibantu+orang
telepon|telpon|hubungi saya sekarang|ya|segera|kembali|balik? $
ini|apakah|apa|kamu|anda|apa+ini|apakah+ini|lu|lo|kak|saya|aku \
bot|robot|mesin|ai|kamu|anda|ini|sedang|bicara|chat|dengan|sama|manusia|orang~ \
bot|robot|mesin|ai|chatbot|manusia|orang+asli|otomatis|orang+beneran
bot ya|kah|apa|atau|bukan
nomor|no|kontak admin|cs|manajer|owner|sales|telepon+admin|customer+service|penjual
jangan|gak+mau|tidak+mau|ga+mau {id_talk}? dengan|sama|pakai? bot|robot|mesin
{ar_talk} {ar_a}~ {ar_person}|لموظف|بموظف|لشخص|بشخص|للموظف|بالموظف|للمدير|بالمدير|لانسان|بخدمه+العملاء|\
لخدمه+العملاء|بالدعم
^ كلمني|كلموني|اتصل+بي|اتصلوا+بي $
اريد|ابغي|بدي|عايز|عاوز|ابي|احتاج|ممكن|ارغب|ودي|محتاج|اعطني|ابغا {ar_talk}? {ar_a}~ \
موظف|شخص+حقيقي|انسان|مندوب|خدمه+العملاء|ممثل+خدمه|موظف+حقيقي|بشري|المدير|شخص
^ موظف|انسان|شخص|مندوب|خدمه+العملاء|شخص+حقيقي|ممثل+خدمه+العملاء|المدير|موظف+خدمه|بشري|بشر $
هل انت|انتم|هذا|هناك|يوجد|اتحدث|اكلم|هاد|في مع|شخص|من|احد~ {ar_bot}|انسان|بشر|حقيقي|شخص|موظف|شخص+حقيقي
انت|هذا|انتي|هاد|ده|انا+اكلم|اكلم {ar_bot}|انسان|بشر|شخص+حقيقي
في|فيه|يوجد احد|حد|حدا|شخص هنا|يرد|حقيقي|موجود
اتصل|اتصلوا|كلمني|كلموني|يتصل|تتصل|رنو|دق بي|علي|فيني|بنا|احد|عليا
ممكن|اريد|ارجو|الرجاء|بدي|ابغي|عايز احد|حد|شخص|موظف|ان~ يتصل|يكلمني|اتصال|تتصلوا|تتصل|يرد|يساعدني|يتواصل
رقم|هاتف|جوال المدير|الموظف|المسؤول|المسوول|المندوب|خدمه+العملاء|موظف
لا|ما|مش اريد|ابغي|عايز|بدي التحدث|اتكلم|احكي|اكلم|كلام مع? {ar_bot}
"""

DEFUSED = """
what|which|how|where|when can|could|will|would|do|did|should|may you|u|i|they call me|you|it
dont|do+not|donot|never|no+need need|want|have|wish|to~ {talk}|call|speak to|me|with~ {a}~ {person}
dont|do+not|donot|never|without call|phone|ring|calling me|us
human resources|resource|hair|rights|body|size|error
call me at|on|later|tomorrow|after|by
per person
a|one|two|three|four|five|each|every|which|first|next|same|the|that|another person|people \
stay|room|table|seat|ticket|for|in|on
real|travel|estate|insurance|shipping estate|agent|agency|office|commission|fee|fees
call me by|mr|mrs|sir
no me llam*|hablen
para una|dos|tres|cada persona|personas
por persona
para uma|duas|cada pessoa|pessoas
por pessoa
pour une|deux|chaque personne|personnes
par personne
jangan|jgn|tidak|gausah {id_talk}|telepon|telpon saya|aku|sy
untuk satu|dua|berapa orang
{id_person}? berapa orang
"""
