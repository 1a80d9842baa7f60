"""How people ask in English not to be written to any more."""

from samvad.kernel.phrases import Vocabulary

VOCABULARY = Vocabulary(
    bare="""
cancel; end; quit; revoke; remove
""",
    words="""
stop; stopall; stop all; stop it; stop this; stop that; stop everything; stop sending; stop messaging
stop texting; stop messages; stop message; stop msg; stop msgs; stop sms; stop whatsapp; stop spam
stop spamming; stop promotions; stop ads; stop marketing; stop updates; please stop it; you stop; st0p
stpo; sotp; tsop; sto p; s top; st op; stop karo; stop kar do; unsubscribe; unsubscribe all
unsubscribe me; unsub; unsub me; optout; opt out; opt me out; remove me; take me off; delete me
remove my number; delete my number; no more messages; no more texts; no more; leave me alone; dnd
do not disturb; do not text; do not message; do not contact; dont text; dont message; dont msg
dont contact; stop contacting; lose my number
""",
    lists={
        "later": """
now today tonight tomorrow before after at until till untill between during while when unless if yet
in+the+morning in+the+evening in+the+night in+the+afternoon in+english in+hindi in+spanish in+french
in+arabic so+late so+early so+much so+often too+late too+early too+often by via through on+my on+the
on+monday* on+tuesday* on+wednesday* on+thursday* on+friday* on+saturday* on+sunday* on+weekend*
on+holiday* then this+week this+month late early only about+the regarding without for+now for+a
for+the+next just+call call ring phone just+send instead cash money price* invoice bill
""",
        "stops": "stop stopp stahp stawp quit cease unsubscribe unsub opt optout",
        "ing": """
mailing emailing bombarding
messaging mesaging texting msging msgng spamming contacting disturbing bothering harassing pinging
pestering whatsapping annoying messging
""",
        "do": """
message messag mesage messege massage text txt msg contact disturb bother spam ping pester harass
whatsapp write+to write sms annoy
""",
        "me": "me us my+number my+phone this+number this+phone here",
        "not": "dont do+not donot dnt never dont+ever dont+you+ever dont+dare+to not+to",
        "obj": """
content material communications communication campaigns
messages message msgs msg mesages messges texts sms smses updates notifications promotions promos
promotion promo offers ads advertisements advertising spam newsletter newsletters broadcasts forwards
marketing stuff crap nonsense junk rubbish texting messaging whatsapps whatsapp
""",
        "few": """
any all the these those this that such your ur more anymore further so+many promotional promo marketing
bulk daily useless stupid annoying spam of whatsapp text sms unwanted unsolicited damn constant
every+day kind
""",
        "list": """
list lists database broadcast broadcasts messages message texts sms updates notifications newsletter
newsletters promotions offers contacts subscription whatsapp system records communications communication
marketing alerts emails spam channel group here
""",
        "your": """
your ur the this that these those all any mailing contact broadcast sms message messaging text marketing
whatsapp subscriber subscribers promotional future further of distribution call calling daily promo
phone
""",
        "mine": """
me us my+number my+no my+name my+contact my+phone my+phone+number my+mobile my+mobile+number my+details
my+info my+information my+data this+number my+whatsapp mine my+whatsapp+number this+no
""",
        "unsub": """
unsubscribe unsub unsuscribe unsubcribe unsubscibe unsubscrib unsubsribe unscribe desubscribe opt+out
optout
""",
    },
    phrases="""
{unsub} *~ not|no|never|zero interested|interest
dont|do+not|donot|no+longer|never|rather+not|not want|wanna|wish|like|care|need? to? hear|hearing \
from you|u|your|this
rather|prefer not to? receive|get|have these|those|this|them $
no|never interest|interested *~ {unsub}|remove|delete me|my+number?
could|can|would|please you? please? not {do} {me}
stop|quit|cease sendin|textin|messagin|spammin|botherin ... {obj}|me|us
refrain|desist|abstain from ... sending|messaging|texting|contacting|communicating|writing
stop|quit|cease ... messages|msgs|texts|sms|spam|promos|promotions|ads already|now|today? $
stop|quit|cease {few}~ with|w {few}~ {obj}
stop|quit blowing|flooding|filling|clogging|bugging|jamming ... phone|inbox|whatsapp|me
stop|quit|cease reaching|writing|talking out? to {me}
message|messages|messaging|text|texting me? too much|often|many *~ stop
not|no|zero|never interested|interest *~ stop|quit|cease {ing}|writing|sending|it
wrong number|person *~ stop|remove|delete|dont|do+not
text|texting|texts|message|messaging|messages|spam|spamming *~ knock|cut it off|out
block|blocking|report|reporting you|u|this|ur+number if you|u|i {do}|send|get|keep
stop|quit or i|ill|we will? block|report
made|make sure i|we dont|do+not|never get|receive|hear ... {obj}|from+you
bar|ban|exclude|omit|withdraw|drop {mine} from {your}~ {list}
send {your} {few}~ {obj} elsewhere|to+someone+else
enough|please|and|thanks|ok no more|further {few}~ {obj} $
dont|do+not|donot keep|continue|go+on sending|messaging|texting|spamming|forwarding {me}? {few}~ {obj}?
stop|quit|cease|discontinue sending|forwarding|pushing|delivering ... \
messages|texts|msgs|sms|promotions|ads|spam
discontinue|halt|suspend|terminate {few}~ messages|texts|msgs|sms|promotions|ads|notifications
dont|do+not|donot|no+longer|never want|wish|like|need|agree|care|consent|interested ... \
receive|receiving|get|getting ... \
messages|texts|msgs|sms|promotions|ads|spam|notifications
remove|delete|erase|take {mine} ... from|off ... list|lists|system|database|records|contacts|broadcast
remove|delete|erase my contact|phone|mobile|personal|whatsapp details|number|info|data|contact from your \
... {list}
remove|delete|erase my contact|phone|personal|mobile details|information|info|data $
removed|deleted|taken+off|off|excluded from {your}~ {list}
send {me}? no more {few}~ {obj}
send {me}? no more $
refuse|decline|object to? receive|receiving|get|getting {few}~ {obj}
want|wanna|get|like|please|me|us out|off of? {your} {your}~ {list}
enough with|of {few}~ {obj}
not|no|zero interested|interest *~ stop|unsubscribe $
stop|quit writing|mailing|emailing|bombarding|flooding {me}
i|we did|didnt|do|never not? sign|signed|ask|asked|agree|consent|subscribe|subscribed|opt|give *~ \
stop|remove|unsubscribe|delete
delete|remove|erase {mine} from {your}~ whatsapp|phone|database|contacts|list
unsubscribe|unsub|unsuscribe $
{unsub} from {your}~ all|everything|this|it $
rather|prefer|request|want not to? receive|get|be+sent|have {few}~ {obj}
cancel|end|terminate my|the|this|our? subscription to|for|of {few}~ \
messages|message|msgs|texts|sms|promotions|notifications|updates
cancel {few}~ messages|texts|sms|notifications|promotions
take|remove|delete|erase it|this|that|him|her|my+contact from|off your {your}~ \
list|lists|database|records|contacts|system
no longer|not interested in|to receiving|receive|getting|get {few}~ {obj}
stop|quit|end {few}~ promotional|marketing|unwanted|bulk {few}~ {obj}
{stops} {ing} {me}
stop|quit|cease {ing} $
stop spamming
stop|quit|cease {me}? sending|forwarding|with {me}? {few}~ {obj}
stop|quit|cease {few}~ {obj} $
stop|quit|cease sending {me}? {few}~ $
stop {few}~ {obj} to {me}
stop {few}~ {obj} from+you|from+this+number
stop receiving|getting {few}~ {obj}
{obj} need|needs|have|has|must|should|to to? stop
told|tell|telling you to? stop $
please|pls|plz|just|so|interested|kindly|must|now stop $
stop {few}~ {obj} please|pls|now|immediately|at+once
{not} {do} {me}
{not} {do} again|anymore $
{not} send {me}? {few}~ {obj}
{not} send {me}? anything|anymore|any+more $
{not} send {me} anything
{not} send {me} this|these|those|such $
{not} send {few}~ {obj} to+me|to+us|to+this+number
take|remove|delete|erase|drop|get|strike|keep {mine} off|from|out {your}~ {list}
take|get {mine} off $
remove|delete|erase|drop {mine} $
remove|delete|erase {mine} and|please|asap|immediately|now|or|permanently|forever
take|remove|delete|erase me off|from this|here|it $
forget|lose|block my+number
{unsub} me|us|my+number|this+number|now|immediately|asap
opt me|us out
opt me|us|my+number out
{unsub} {mine}? from|of|off {your}~ {list}
how do|can|to i|we|you? {unsub}
way to {unsub}
want|wanna|like|wish|need|going|trying|tried to? {unsub} $
please|pls|plz|kindly {unsub} $
^ {unsub} {your}~ {list}
^ no more|further {few}~ {obj}
want|need|like|send no more|further {few}~ {obj}
dont|do+not|donot|no+longer want|wanna|wish|need|like to? receive|get|have|see|getting|receiving {few}~ \
{obj}
dont|do+not|donot|no+longer want|wanna|need|like {few} {few}~ {obj}
dont|do+not|donot|no+longer want|wanna \
messages|message|msgs|texts|sms|spam|promotions|promos|notifications|ads
dont|do+not|donot|no+longer want|wanna|wish to be \
contacted|messaged|texted|disturbed|bothered|spammed|on+your+list
dont|do+not|donot|no+longer want|wanna|wish to? hear from you
never want|wanna to? hear from you
dont|do+not|donot want|need|like you|u|anyone to? message|messaging|text|texting|contact|contacting {me}
leave|let me|us alone|in+peace|be+alone
never message|text|contact|msg|disturb {me}
enough of? {few}~ {obj}
make it|this|these|them {obj}? stop $
no|not|dont+want spam please|here|thanks $
dont|do+not|donot use my number
i want|need you|u|this|it|these to stop $
want|wish out of? {your}~ {list}
withdraw|revoke my? consent
do+not disturb me
stop following|chasing|troubling|tagging me
""",
    defused="""
how|where|wher|were|help can|do|to|i~ {unsub} from|to {your}~ company|corporate? newsletter
list|remove|delete|take|erase ... guest|booking|order|invoice|cart|waiting|wish|shopping
get|getting|got out of here
easy|hard|possible|able|difficult|free|how+long to {unsub}
why|when|will|would|should|may|did|does anyone|people|customers|users {unsub}
dont|do+not|donot|never|didnt|did+not|wont|will+not|cant|cannot|couldnt|shouldnt|wouldnt|should+not|not|\
without ever|please|you|want+to|wanna|wish+to|need+to|going+to|let+them|going? {stops} {ing}? me?
did|does|do|will|would|have|why|when|once|after|before|if|until|unless|should|how+come \
you|u|they|we|it|the {stops} {ing}? me?
did|have|once|after|before|if|until|unless|accidentally|mistakenly|how+come i {stops} {ing}? me?
why|when|where|does|did|what|which|while|how+often the|it|this|that? stop
the|a|bus|which|what|next|last|nearest|your|my|first|final|non|one|train|metro|pit|full|truck|tram|each|\
every|any|tube|taxi|coach|no|near|door|short|quick stop
stop sign|loss|order|watch|motion|by|over|at|near|light|in|here
accidentally|mistakenly|mistake|i+got|was {unsub}
{not} {do} {me}? {later}
{not} send {me}? {few}~ {obj}? {later}
stop {ing} {me} at|before|after|until|till|during|while|between|by|via|in+the|on+my|on+the|so+late|\
so+early|only|when
^ you|u|they dont|do+not|never|donot {do}
^ you|u|they dont|do+not|never|donot send
why|if|because|since|but|still|and|when|how+come you|u|they dont|do+not|never|donot {do}|send
if|unless you|u|they dont|do+not|never|donot|will+not {do}
if|why dont {do}
{unsub} me? from|of the|my|this|our|a? plan|course|class|classes|membership|package|service|premium|gym|\
trial|policy|account|event|webinar|session|scheme|insurance|delivery|breakfast|product
opt out of the|this|my? insurance|warranty|breakfast|delivery|meal|plan|addon|add
unsubscribe button|link|option|option
dont|do+not want to? get|receive|have the? same
dont|do+not|donot need|want|like your|the|this|that stuff|promo|offers|updates? yet
""",
)
