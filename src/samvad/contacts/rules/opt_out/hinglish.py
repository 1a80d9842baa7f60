"""How people ask in Hinglish not to be written to any more."""

from samvad.kernel.phrases import Vocabulary

VOCABULARY = Vocabulary(
    bare="""
hatao
""",
    words="""
bas karo; bas kro; rok do; roko; mat bhejo; mat bhejna; mat bhejiye; mat bhejo na; mt bhejo
mujhe mat bhejo; phir se mat bhejna; dobara mat bhejna; aage se mat bhejna; mat karo message
""",
    lists={
        "obj": """
message messages msg msgs mssg mesg massage massages mesage messege messeges sms text offer offers ads
promotion promotions promo spam notification notifications update updates whatsapp sandesh maseg mesej
""",
        "not": "mat mt na nahi nahin nhi nai math never kabhi+mat",
        "send": """
bhejein bheje bhejte bhejiyo bhejde bhejdo
bhejo bhejna bheje bhejen bhejiye bhejiyega bhejiega bhej bhejo+na bheja bhejie bejo bhjo send dalo dena
do
""",
        "do": """
karein krein kariyo kijiega karenge
karo karna kro krna kijiye kariye karen kare kiya+karo kara+karo kar kr karte kijiyega kariyega
""",
        "off": """
karo kro kar+do kardo krdo kr+do karen kare kariye kijiye kar+dijiye kardijiye karna kar+dena karwao
karwa+do karao kar krdijiye kr+dijiye  karde kar+de
""",
        "few": """
mujhe muje mujhko mjhe humko hume hame hamko ab aage aage+se se aur koi bhi ye yeh aise is number no pe
par dobara dubara phir fir please pls plz whatsapp aapke apke aap apne itne faltu roz roj tum tumhare
sab sare saare ko kripya
""",
        "gone": """
hatao hata+do hatado hataiye hata+dijiye hataye hata+de nikalo nikal+do nikaal+do nikaliye nikal+dijiye
remove delete dlt mitao mita+do hatana hata
""",
        "mine": """
mera mere meri apna mra hamara is ye yeh number no num nmbr nambar contact naam name mobile
""",
    },
    phrases="""
^ mujhe|muje|mjhe|hume|humko {few}~ offer|offers|ads|promo nahi|nahin|nhi|nai chahiye|chaiye|chahie $
{obj} kyu|kyun|kyon ... band|bandh|bnd {off}
{obj} bhej|bhejte|kar|kr|karte|bhejna ... band|bandh|bnd {off}
^ mat|mt {send} yaar|bhai|please|ye|sab~ ... {obj} $
interest nahi|nahin|nhi|nai *~ mat|mt {send}|{do}
pareshan|paresan|tang {few}~ karna|krna band|bandh|bnd {off}
pareshan|paresan|tang ho+gaya|ho+gayi|aa+gaya|aa+gayi *~ band|mat|stop
number|no block kar|kr du|dunga|dungi|denge
message|messages|msg|msgs|sms|offers|ads ... bhejna|bhejne|karna|karne|dena|aana band|bandh|bnd {off}
message|messages|msg|msgs|sms ... pareshan|tang|pareshaan ... band|stop {off}?
^ mat|mt {do} yaar|bhai|please? {obj}
number|no delete|remove|hata|block|nikal {off}|do|dijiye mera|apna?
mera|mere number|no ... block|delete|remove karo|kro|kar+do|kardo|krdo|kijiye
aapke|apke|tumhare|koi|ye|yeh|aise|aur|itne {obj} nahi|nahin|nhi|nai chahiye|chaiye|chahie|chahte|chahta
stop sending|messaging karo|kro|kar+do|kijiye
^ ye|yeh|isko|ise|sab|sab+kuch|yaha? band|bandh|bnd {off} $
{obj} {few}~ {not} {send}|{do}
{obj} bhejna|karna|ko|sab|aana|dena? band|bandh|bnd {off}
{obj} bhejna|karna? roko|rok+do|rokiye|rok+dijiye|stop+karo|stop+kar+do|stop+kijiye
bhejna band|bandh|bnd {off}
mat|mt|na bhejo|bhejna|bhejiye|bheje {few}~ {obj}
mujhe|muje|hume|mjhe {few}~ mat|mt bhejo|bhejna|bhejiye|bheje $
nahi|nahin|nhi|nai chahiye|chaiye|chahie|chaahiye {few}~ \
message|messages|msg|msgs|sms|spam|promotion|notification
message|messages|msg|msgs|sms|spam|promotion|promotions|notification|notifications nahi|nahin|nhi|nai \
chahiye|chaiye|chahie
{mine} ko? apni|apne|is|aapki|apki|tumhari|iss? list|group|database|broadcast? se|me+se|mein+se? {gone}
{gone} {mine}
mujhe|muje|hume apni|is|aapki|apki|iss? list|database|broadcast|group se {gone}
list se {gone}|naam
pareshan|paresan|tang|disturb|irritate|bother|distrub {not} {do}
contact|sampark {few}~ {not} {do}
unsubscribe|unsub|opt+out kar*|kr*|kij*|hona
stop {obj} karo|kar+do
dobara|dubara|phir+se|fir+se|kabhi|aage+se {obj}? mat|mt bhejo|bhejna|karna|karo $
peecha|picha|pichha chhodo|chodo|chhod|chod
band|bandh|bnd {off} ye|yeh|apne|sab|sare|yaar? {obj}
akela chhod|chod|chhor do
{obj} mat {few}~ $
""",
    defused="""
{obj} mat|mt|na {do} bas|sirf|direct|seedha|sidha? call|phone|fon
kyu|kyun|kyon|kab|kaise {few}~ {obj} {few}~ band|bandh|nahi
{obj} band|bandh mat|mt|na|kyu|kyun|nahi|nhi
abhi|aaj|raat|raat+ko|subah {obj} {few}~ {not} {send}|{do}
delivery|payment|galat|wrong|order|otp|bill {obj} {not} {send}|{do}
{obj} {few}~ nahi|nahin|nhi|nai bheja|kiya|kar+raha|kar+rahe|send+kiya|do|kar|karte|kr|bhej|ho
to|toh|agar {obj} {not} {do}
""",
)
