"""Words that say little of what a question is about, in eight languages; not checked by native speakers."""

# Nothing at all: grammar, courtesy, and the verbs of every question.
EMPTY = """
manda hora horas soy eres somos fui fuimos fueron seria serian sean siendo estuve estuvo estare esten
estas estabamos haya hayan hubiera habia habria tendria tendrian tenga tengan tendre podre pudiera
pudieran puedas quisieramos quieren queremos quieras iria iba iremos vaya vayan viene vienen venir vengo
venga haria harian haces hice hicieron hiciera doy diera dieron digan decir digo dijeron sabe saben saber
sabria veo vea vean vi viendo pienso piensa creo cree parece parecio paso pasan pasaria llame llamar dejen
deje dejan dejo busco buscaba ando andaba sirve sirven tocaria toca tocan acaso aqui ahi asi aun ojala
pero sino aunque mientras luego despues antes durante junto ambos cualquier cualquiera quizas tal vez
mejor peor menos tanto tanta tantos bastante demasiado casi tipo vivo vive moro mora nada seja sejam sendo
fosse foram estive esteja estejam estarei tivesse teria teriam tenha tenham havia haveria houver poderei
possa possam pudesse quiser quisesse queriam vir venho vem vinha faco faria fariam fizer fez fizeram der
deram diz dizem dizer sabem sei saberia vejo ver veja penso acho acha acham passo passa passam ligo ligar
deixo deixam deixar procuro procurando preciso serve servem depois qualquer talvez melhor pior demais
quase agora entretanto porem mas nem alem cerca assim onde wondering planning said say told tell talking
thinking think guess hoping hope trying lot lots little maybe perhaps else anyway just already yet still
soon someone somebody guy guys folks mate bro sis dude yo hmm um uh ah oh ok alright fine thx ty cheers
pls plz anymore whether etc myself yourself ourselves himself herself themselves whatever whenever
wherever could've gonna wanna lemme gimme dont cant wont isnt arent didnt doesnt wasnt werent hasnt havent
wouldnt couldnt shouldnt reciben recibimos recibe aceptamos aceitamos esses essas aquilo disso disto
convosco daqui ahora pa pal lleva llevan lleven leva levam me te nos les hasta todo toda todos todas solo
sola solamente nomas mire mira oiga fijese pues entonces ahorita alla tambien tampoco cada otro mismo
misma nuestro nuestra quien quienes van va voy vamos vas dar das da pasar quede queda quedar pongan ser
fue era es esta estaba haber hubo han ha he hemos deber debo debe deben desde entre hacia segun d k xq pq
tmb porfa porfavor podria podrian podrias usted vosotros ella ellos ellas este estos esos eso esto aquel
cosa cosas alguna algunas algunos ningun ninguna llamo dice dicen gustaria joven senorita disculpen buen
amable amables ocupo requiero saldria saldra saldrian queria necesitamos tenemos tenia tuve hagan haga
hagas ponerme traen trae em p num numa dum duma nao sim ainda so somente mt mto muito muita muitos muitas
tinha ter vou vao foi sou estou estava quis quer querem podem dai dao dou meu minha meus minhas seus suas
nosso nossa isso aquele mesmo mesma outro outra ele ela eles elas eu lhe lhes ja entao ate sobre contra
gente moca moco amor querida oie oii opa bjs valeu vlw blz okay cade partir seriam consegue conseguem
conseguir podemos posso podia poderia poderiam deixa quero ba po lang yung ang ng sa na may meron kayo ako
ko mo pag naman niyo nyo kasama hm opo salamat niaje ya kwa wapi leo sasa asante habari mambo poa lol omg
btw fyi im ill ive youre theyre thats yr n abt bout rn asap plss pleaseee hii heyy heya dear teneis haceis
aceptais atendeis cobrais trabajais estais podeis dais poneis vendeis sois abris cerrais ofreceis vuestra
vuestro vuestros quereis pongo pone ponen puede2 hacerme hacerse trabajan atienden atiende atendemos
ofrecen ofrece realizan realiza hacer tener ir al oye disculpa disculpe perdon vcs vc ces ce cs qto qnto
qnt pra pras ta tao ne q oq ai la ali consigo gostaria tb tbm aceita aceitam trabalham trabalha atendem
atende oferecem oferece fazer fica ficam tenho precisa voceis alguem algum alguma alguns algumas uns umas
esse essa boa bom tarde noite dia tudo bem pfv obg obrigada amigo lah leh hor got hiya gotta dunno yall
theres whos hows whens pole karibu jambo a about all also am an and any anybody anyone anything are as at
be been being but by can could did do does doing done each ever every for from get gets getting give given
go going had has have having hello her here hey hi him his how i id if in information info into is it its
kindly know let like list mention might mine much must my need needed needs no not of on one ones only or
other our ours out over per please possible provide provided provides question really regarding says see
shall she should some something sort such take takes taking than thank thanks that the their them then
there these they thing things this those through till to too u understand until up ur us use using usually
very via want wanted wanting wants was we well were what whats when where wheres which while who whom
whose why will with within without would yes you your yours sir madam team exactly currently actually now
available availability offer offers offering offered stock carry keep looking interested make makes allow
allowed allows accept accepts accepted against towards during under above upon between put puts uses used
handle handles handled manage manages responsible happen happens happened work works working sure able
come comes el los las lo un una unos unas de del y o e en estan son que cual cuales cuanto cuanta cuantos
cuantas como cuando donde por para con sin su sus mi mis tu tus se si hay tiene tienen tengo quiero
quisiera puedo puede pueden ustedes venden vende algo favor hola gracias hacen hace porque muy estoy
necesito dan vale buenas buenos dias tardes disponible disponibles cuesta cuestan acepta aceptan os uma
dos nas ao qual quais quanto quanta quantos quantas quando com sem seu sua voces voce tem pode vendem ola
oi obrigado mais custa custam disponivel fazem faz sao le des du au aux et ou est sont quel quelle quels
quelles combien comment quand pour avec sans votre vos mon ma mes vous avez nous je il elle peut puis
pouvez voudrais bonjour merci svp plait coute coutent faites sur acceptez kya hai hain ho kaise kaun
kaunsa kahan kaha kab kitna kitne kitni ka ki ke mein main par pe aur bhi mujhe chahiye chahie aap aapke
aapka aapki ap apke hum humko milta milti milega milegi milte bataiye batao bata dijiye dena karte karti
karta kar sakte sakta sakti hu hun tum tumhare yeh ye woh wo koi namaste ji bhai kuch liye wala wale wali
rakhte bechte hota hoti hote padega lagega lagta lagti lagte kripya hoga hogi apa apakah berapa bagaimana
kapan dimana mana yang atau di dari untuk dengan ini itu ada tidak bisa saya kami kak kah nya punya jual
halo tolong mau dong sih क्या है हैं हो का की के को से में पर और या भी मुझे चाहिए आप आपके आपका आपकी कहाँ
कहां कब कितना कितने कितनी कैसे कौन मिलता मिलती मिलेगा बताइए करते कर सकते हूं कोई लिए जी नमस्ते هل ما هو هي
في من الى على عن مع كم اين متى كيف عندكم لديكم هذا هذه انا اريد او و
"""

# Verbs, adverbs and nouns of everything: they tell less than the name of a thing.
COMMON = """
fit fits serve serves served serving share place placed placing placement run runs running last cover
covers covered covering involve involves include includes included including require requires required
arrange arranges bring brings carry carries stay stays staying wait waits waiting change changes changed
choose chooses prefer try tries trying ask asks show shows showing call calls speak speaks talk join joins
attend attends come comes comming play plays eat eating drink drinking teach teaches taught learn learning
hear hears see sees seen look looks looking watch move moves moved moving turn turns pass passes set sets
build builds built break breaks broken lose lost win find found meet meets brought ship send give happen
accept support supports help helps helping plan plans planning prepare prepared select request requests
requested apply applies applied expect expected receive received reach confirm confirmed check checks
follow explain explained describe mean means write writes writing written read wear wears hold bear stand
stands sit sits lie walk drive drives driving ride rides travel fly enter enters exit go quickly quick
fast slow early late soon later earlier long short big large small high low heavy light easy hard
difficult clear sure safe separate separately together apart alone own different same similar various
several many few most least half whole enough front top bottom side inside outside middle left right next
nearest around across between part parts piece main way ways case cases kind sort reason reasons rule
rules amount level number numbers list detail details question answer example problem problems issue
minute minutes hour hours week weeks month months night nights afternoon once twice often always usually
sometimes one two three four five first second third another both either customer customers guest guests
client clients people person friend friends family group someone member use used usage need needs want
wants allow allowed permit permitted possible available pay paid cost costs worth spend charge total per
table desk hand head foot line point end start keep kept leave went gone take taken took make made really
very quite too also just only even still again servir sirven incluye incluyen incluido incluida necesito
necesita llevar traer dejar esperar cambiar dura tarda tardan hacer hace hago pueden incluso inclui
incluem precisa precisam levar trazer deixar mudar demora fazer faz posso servem
"""

# What a document need not repeat.
WEAK = """
repair fix work back buy sell sale pay shop store home house place outlet today tomorrow morning ordinary
regular normal plain simple standard usual total whole full please online local customer customers people
person item items product products thing option options type types kind kinds range quick best good nice
special latest new current order orders ordering day days time times date week month function event party
occasion near nearby close around area possible travel boy guy piece pieces pack packs packet unit units
number service services tienda loja hoy produto producto dukaan magasin boutique toko
"""

# What a document hardly ever repeats.
FAINT = """
online certain amount back yet already too also birthday period policy process procedure today tomorrow
home ordinary regular normal plain simple standard usual please currently special new latest possible full
total guy boy people person
"""
