"""How people ask in French not to be written to any more."""

from samvad.kernel.phrases import Vocabulary

VOCABULARY = Vocabulary(
    bare="""
""",
    words="""
arret; arrete; arretez; arreter; arretez ca; desabonner; desabonnez moi; desabonnement; desabonne
desinscrire; desinscription; desinscrivez moi; me desinscrire; me desabonner; se desabonner; stop pub
plus de messages; plus de message; plus de sms; ne plus m envoyer; ne plus recevoir
ne plus me contacter; ca suffit
""",
    lists={
        "obj": """
messages message sms textos pub pubs publicite publicites promos promotions offres spam spams
notifications newsletters newsletter mails rien trucs whatsapp
""",
        "few": """
de d vos ces ce cette cet les des tous toutes tes ton votre aucun aucune autant tant plus genre type
autres autre la le du publicitaires promotionnels
""",
        "send": "envoyez envoyer envoie envoies adressez adresser renvoyez",
        "write": """
ecrivez ecrire ecris contactez contacter contacte derangez deranger derange importunez importuner textez
texter spammez spammer harcelez harceler embetez embeter sollicitez solliciter relancez relancer
""",
        "me": "m me nous moi",
        "list": """
liste listes base fichier fichiers repertoire contacts diffusion messages sms newsletter notifications
offres whatsapp envois donnees
""",
        "your": """
de du d la le les des vos votre ta tes ton cette ces ce a aux au liste+de base+de toutes tous
""",
        "drop": """
supprimez supprimer supprime retirez retirer retire enlevez enlever enleve effacez effacer efface rayez
otez virez sortez desinscrivez desinscrire
""",
    },
    phrases="""
arretez|arrete|arreter|cessez de remplir|polluer|saturer|bombarder ... telephone|portable|whatsapp|boite|moi
n ecrivez|envoyez|contactez plus ... numero|telephone
ne|n {send}|{write}|contactez plus {few}~ a|sur? ce|mon numero
marre|assez|ras+le+bol|lasse|fatigue de {few}~ {obj} *~ stop|arretez|arrete|cessez
marre|assez|ras+le+bol de {few}~ {obj} $
ca suffit|suffit+avec avec? {few}~ {obj}
n {send} plus|jamais rien|{few}~ {obj}
{send} plus|jamais rien
arret*|cess* de|d? menvoyer|menvoyez|mecrire {few}~ {obj}?
sortir|disparaitre|etre+raye|etre+radie de {your}~ {list}
pas interess* *~ arretez|arrete|cessez|stop
arretiez|cessiez de {me}? {send}|{write}
que vous arretiez|cessiez ... {obj}
d|de {me} {drop} ... {list}
d|de supprimer|retirer|effacer|enlever mon numero|contact
plus|pas|aucune envie|besoin|interesse|interessee ... recevoir ... \
messages|sms|pub|pubs|offres|promotions|publicites
veux|souhaite|desire|voudrais plus|pas ... recevoir|etre|voir ... \
messages|sms|pub|publicites|liste|fichier|contacts
arretez|arrete|arreter|cessez|stoppez ... messages|sms|pub|pubs|spam|spams|publicites
etre|sois|soit retire|retiree|supprime|supprimee|desinscrit|desinscrite|enleve|enlevee|efface|desabonne|\
desabonnee {your}~ {list}
refuse de? recevoir|vos {few}~ {obj}
me|moi|nous {drop} {your}~ {list}
plus rien recevoir|m+envoyer
plus jamais|rien de {few}~ {obj}
n autorise|accepte pas|plus {few}~ {obj}|que+vous+me+contactiez
{drop} {few}~ mon|ce|mes? numero|contact|coordonnees de {your}~ {list}
ne souhaite|veux|desire plus|pas {few}~ etre? \
recevoir|contacte|contactee|sollicite|sollicitee|derange|derangee
stop|fini|basta|assez {few}~ {obj} $
arretez|arrete|arreter|cessez|cesser|cesse d envoyer|ecrire|harceler|importuner {few}~ {obj}
arretez|arrete|arreter|cessez|cesser d envoyer|ecrire|harceler|importuner $
d arreter {few}~ {obj}
d arreter de {me}? {send}|{write}
annul*|resili* mon|l|cet? abonnement|inscription a|aux|au {few}~ {obj}
ne {me} {send} plus|jamais|pas {few}~ {obj}
ne {me} {send} plus|jamais $
ne {me} {write} plus|jamais
ne {me} {write} pas $
{me} {send} plus {few}~ {obj}
{me} {write} plus $
^ ne {write} plus
ne plus {me} {send} {few}~ {obj}
ne plus {me} {write}
ne plus|pas recevoir {few}~ {obj}
ne plus {me} {send} $
ne plus etre contacte|contactee|derange|derangee|sollicite|sollicitee
arretez|arrete|arreter|cessez|cesser|cesse de {me} {write}
arretez|arrete|arreter|cessez|cesser|cesse de {me}? {send} {few}~ {obj}
arretez|arrete|arreter|cessez|cesser|cesse de {me} {send} $
arretez|arrete|arreter|cessez|stop|stoppez|stopper avec|a|aux|au? {few}~ {obj} $
arretez|arrete|cessez|stoppez {few}~ {obj}
arretez|cessez|stoppez avec|vos envois|spams|sms|messages
veux|souhaite|desire|voudrais|voulons|souhaitons plus|pas \
recevoir|avoir|de|vos|ces|etre+contacte|etre+contactee|etre+derange|etre+derangee|entendre {few}~ {obj}
veux|souhaite|desire|voulons|souhaitons plus recevoir $
veux|souhaite|desire|voudrais plus|pas etre|que+vous \
contacte|contactee|derange|derangee|sollicite|sollicitee|me+contactiez|m+ecriviez
veux|souhaite|desire plus|pas que+vous? m+envoyiez|me+contactiez|m+ecriviez
{drop} mon|ce|cet|mes numero|nom|contact|coordonnees|telephone|portable {your}~ {list}
{drop} mon|ce|mes numero|contact|coordonnees|telephone $
{drop} moi {your}~ {list}
{drop} moi $
laissez|laisse moi tranquille|en+paix
plus aucun|aucune message|sms|pub|notification|offre
^ plus de {few}~ messages|sms|pub|spam|notifications
me|moi|se|nous desabonn*|desinscri*
desabonn*|desinscri* moi|nous|mon|ce
desabonner|desinscrire {your}~ {list}
comment|veux|voudrais|souhaite|aimerais me|se|m+y|on desabonn*|desinscri*
foutez|fichez moi la paix
""",
    defused="""
n arretez|arrete|arreter ... messages|sms|pub|offres
n arretez|arrete|arretes|arreter pas
pas arreter
vous|tu ne? {me} {send}|{write} plus|jamais|pas
pourquoi ne|vous|tu? {me}? {send}|{write} plus|pas
ne {me} {send}|{write} pas|plus {few}~ {obj}? \
avant|apres|demain|aujourd|ce+soir|le+soir|la+nuit|maintenant|encore|si|quand|pendant|tant|le+dimanche|\
le+week*|trop|tout+de
me|moi desabonn*|desinscri* de|du|d|a mon|la|le|l|ma|votre? \
forfait|abonnement|box|salle|club|cours|service|formule|cantine|formation|sport|gym|evenement|atelier
""",
)
