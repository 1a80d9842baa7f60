"""How people ask in Spanish not to be written to any more."""

from samvad.kernel.phrases import Vocabulary

VOCABULARY = Vocabulary(
    bare="""
cancelar; baja; alto; salir; para; quitar; detener
""",
    words="""
parar; pare; paren; para ya; pare ya; basta; basta ya; darme de baja; dar de baja; dame de baja
denme de baja; deme de baja; date de baja; darse de baja; desuscribir; desuscribirme; desuscribirse
desuscribanme; desuscribeme; desuscripcion; no mas; no mas mensajes; no me escriban
cancelar suscripcion a mensajes; dejar de recibir; dejar de recibir mensajes; alto ya; no molestar
""",
    lists={
        "later": """
ahora hoy manana antes despues hasta por+la en cuando si todavia aun a+esta a+estas durante mientras tan
entre los+domingos los+fines el+domingo solo llamenme llamame mejor+llam* de+noche tarde
""",
        "obj": """
mensajes mensaje mensajitos sms textos publicidad promociones promos promocion ofertas spam propaganda
notificaciones anuncios whatsapps wasaps whatsapp informacion correos avisos cosas
""",
        "few": """
mas otro otros otra tantos tantas tanta estos estas esos esas ese este sus tus su los las la el de
ningun ninguna ningunos este+tipo+de mas+de todos todas toda esta esa
""",
        "write": """
escriba escriban escribas escribais contacten contacte contactes molesten moleste molestes mensajeen
texteen mensajees texteas textee fastidien fastidies hostiguen
""",
        "send": "manden mande mandes mandeis envien envie envies enviis enveis envieis reenvien pasen",
        "list": """
lista listas base datos contactos difusion mensajes sms publicidad promociones ofertas notificaciones
boletin newsletter whatsapp registros sistema grupo suscripcion
""",
        "your": """
la las su sus tu tus esta estas esa este esos estos el los de del lista+de base+de grupo+de todos todas
vuestra
""",
    },
    phrases="""
dej*|par* de escribir|mandar|molestar|enviar|contactar|llenar* a? este|mi|mis|nuestro? \
numero|telefono|celular|whatsapp
no mande|manden|envie|envien|escriban|escriba a? este|mi numero|telefono|celular
no vuelvan|vuelva|vuelvas a escribir|contactar|molestar|mandar|enviar|llamar+ni+escribir mas|nunca? $
no recibir {few}~ {obj}
no|sin enviar|mandar|escribir|reenviar {few}~ {obj}
me|nos|pueden|puede|puedes|podrian|podria me|nos? dar|dan|darme|darnos de baja
como|quiero|quisiera|puedo|deseo me? salgo|salir|salirme {your}~ {list}
kiero|qiero|kisiera darme|dar|salir* de baja|{your} {list}?
kiero|qiero dejar|parar de recibir
no kiero|qiero ... {obj}
hart*|cansad* de {few}~ {obj}
bloque* si me|nos|siguen|sigue|vuelven|vuelve ... {write}|{send}|mandar*|enviar*|escrib*|mensajes
dej*|par*|ces* de spamear*|spamearme|acosar*|hostigar*|fastidiar*|joder*
no|ya+no|nunca me|nos? quiero|deseo|interesa|gusta|gustaria|necesito|pienso|quisiera|apetece ... \
recibir|recibiendo ... \
mensajes|sms|publicidad|promociones|ofertas|spam|propaganda|notificaciones|nada
dej*|par*|ces*|termin* de|con ... mensajes|sms|publicidad|promociones|spam|propaganda
no me|nos {send} mas $
no {few}~ manden|mande|envien|envie|escriban|escriba mas $
salir|salirme|fuera de {your}~ {list}
den|de|da|dar|deme|denme de baja mi|este numero|contacto|telefono
ser|sea removido|removida|eliminado|eliminada|borrado|retirado|retirada de {your}~ {list}
rechazo recibir|los|sus {few}~ {obj}
no autorizo|autorice|permito|acepto|consiento que? me|nos? {write}|{send}|{few}~ {obj}?
stop|alto|fin {few}~ {obj} $
no {write}|{send} mas $
baja|bajas de|del|a {your}~ {list}
darse|darme|dar|dame|denme|solicito|pido|quiero|tramitar la? baja $
quitar|sacar|eliminar|borrar|quitarme|sacarme|eliminarme|borrarme mi|este? numero|contacto? de {your}~ {list}
no me|nos sigan|siga|sigas enviando|mandando|escribiendo|molestando
no|nunca envien|envie|envies|manden|mande|mandes {few}~ \
mensajes|mensaje|sms|publicidad|promociones|ofertas|spam|propaganda
cancel*|anul* mi|la|esta|nuestra? suscripcion a|de {your}~ {obj}
quiero|quisiera|deseo|necesito|favor|pido cancelar|parar|detener|bloquear|suspender {few}~ \
mensajes|sms|notificaciones|publicidad|promociones|spam
suspend*|deteng* {few}~ mensajes|sms|publicidad|promociones|envio+de+mensajes|envios+de+mensajes
dej*|par* de enviar|mandar|molestar|escribir|contactar $
no me|nos {write}
no me|nos {send} {few}~ {obj}
no me|nos {send} mas|nada $
no me|nos {send} nada mas
no me|nos vuelvan|vuelva|vuelvas a escribir|contactar|mandar|enviar|molestar
no vuelvan|vuelva|vuelvas a escribirme|contactarme|molestarme|mandarme|enviarme
no|ya+no quiero|deseo|queremos|quisiera|quiere {few}~ recibir {few}~ {obj}
no|ya+no quiero|deseo|queremos {few}~ {obj}
no|ya+no quiero|deseo recibir mas|nada $
no|ya+no quiero|deseo que me|nos {write}
no|ya+no quiero|deseo que me|nos {send} {few}~ {obj}|nada
no|ya+no quiero|deseo que me|nos esten|siga|sigan? escribiendo|molestando
ya no me|nos {write}|{send}
deja|deje|dejen|dejad|pare|paren|para|parad|deja|dejense|basta de \
escribirme|molestarme|contactarme|molestar|mensajearme|fastidiar|textearme|hostigarme|acosarme
deja|deje|dejen|dejad|pare|paren|para|parad de mandarme|enviarme|mandar|enviar|mandarnos|enviarnos \
{few}~ {obj}
deja|deje|dejen|dejad|pare|paren|parad de mandarme|enviarme|mandar|enviar $
dejame|dejeme|dejenme|dejadme en? paz|tranquilo|tranquila
basta|alto|paren|pare|no+mas|stop con|a|de? {few}~ {obj} $
^ no mas {obj}
quita*|quite*|saca*|saque*|elimina*|elimine*|borra*|borre*|remuev*|retir* mi? \
numero|contacto|nombre|telefono|celular|whatsapp? de {your}~ {list}
quitame|quiteme|quitenme|sacame|saqueme|saquenme|eliminame|elimineme|eliminenme|borrame|borreme|\
borrenme de {your}~ {list}
quita|quite|quiten|elimina|elimine|eliminen|borra|borre|borren|eliminar|borrar|remuevan mi \
numero|contacto|telefono|celular|whatsapp $
quita|quite|quiten|elimina|elimine|eliminen|borra|borre|borren|eliminar|borrar|remuevan mi \
numero|contacto|telefono|celular|whatsapp por|ya|y|gracias
dar*|deme|dame|denme|demen|doy|dan|dado de baja de|del|en {your}~ {list}
baja de|del {your}~ {list}
quiero|quisiera|deseo|puedo|necesito|solicito darme|dar|darse de baja $
me doy|dan|das|da|den|des de baja $
como me? doy|puedo|hago|darme darme|para+darme|me+doy? de? baja $
me|quiero|deseo|como desuscrib*
anular|cancelar|cancela|cancelen|cancele {your}~ suscripcion a|de {your}~ {obj}
no molest* mas
no me escrib*|mand*|envi* nunca+mas|jamas|ya+mas
no contactar|contactarme|escribirme|molestarme mas $
nunca+mas me {write}|{send}
dejar de recibir {few}~ {obj}
""",
    defused="""
no deje|dejen|dejes|deja|dejad|paren|pare|pares de
si|por+que|porque|cuando|desde+que ya? no me {write}|{send}
no me|nos {write}|{send} {few}~ {obj}? {later}
quiero|quisiera darme de baja del+plan|del+servicio|del+gimnasio
""",
)
