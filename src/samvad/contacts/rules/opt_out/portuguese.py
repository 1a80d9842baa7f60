"""How people ask in Portuguese not to be written to any more."""

from samvad.kernel.phrases import Vocabulary

VOCABULARY = Vocabulary(
    bare="""
sair; remover; chega
""",
    words="""
parem; para com isso; descadastrar; descadastre; descadastro; me descadastre; descadastra; desinscrever
me desinscrever; desinscreva; quero sair; sair da lista; chega de mensagens; cancelar inscricao
nao perturbe
""",
    lists={
        "later": """
agora hoje amanha antes depois ate quando se ainda a+noite de+noite durante enquanto tao no+domingo
aos+domingos no+fim so me+liga* tarde no+horario
""",
        "obj": """
mensagens mensagem msg msgs mensagen sms propaganda propagandas promocoes promocao ofertas oferta spam
notificacoes anuncios publicidade zap whatsapp avisos coisas newsletter
""",
        "few": """
o receber envio recebimento
mais nenhuma nenhum essas esses estas estes tantas tantos as os suas seus sua de outra outras qualquer
tipo esse essa desse dessas desses todas promocionais por+whatsapp
""",
        "send": "mande mandem manda mandar mandes envie enviem envia enviar envies",
        "write": """
escreva escrevam escreve contate contatem contacte contactem perturbe perturbem perturba incomode
incomodem incomoda importune importunem procure procurem chame chamem encha encham chateie
""",
        "list": """
lista listas base contatos contactos cadastro grupo mensagens mailing newsletter sms banco sistema
transmissao notificacoes promocoes whatsapp
""",
        "your": """
da do das dos de a o as os sua suas seu seus essa esse esta este dessa desse desta deste tua teu todas
lista+de banco+de grupo+de base+de qualquer
""",
    },
    phrases="""
pare|parem|para de encher|lotar|entupir|perturbar|mandar|enviar|escrever ... \
whatsapp|zap|numero|celular|telefone
nao mande|mandem|envie|enviem|escreva|escrevam ... este|esse|meu numero|celular|telefone|zap
nao|sem enviar|mandar|receber|encaminhar mais? {few}~ {obj}
n quero|desejo mais? receber? {few}~ {obj}
n me|nos {send}|{write} mais|{few} {obj}?
n mande|manda|mandem|envie|enviem mais? {few}~ {obj}
cheia|cheio|cansado|cansada|farto|farta de {few}~ {obj}
como cancelo|cancelar|paro|parar|bloqueio|saio ... {obj}|{list}
vou bloquear|denunciar *~ mensagem|mensagens|mandar|spam
nao|nunca quero|desejo|gostaria|pretendo|preciso|aceito ... receber|recebendo ... \
mensagens|mensagem|msg|sms|propaganda|\
promocoes|ofertas|spam|notificacoes|nada
pare|parem|parar|cesse|cessem de|com ... mensagens|mensagem|msg|msgs|sms|propaganda|promocoes|spam
nao|nunca envie|enviem|mande|mandem mais? nada|mais+nada
pare|parem de me encher
ser|seja removido|removida|retirado|retirada|excluido|excluida|descadastrado|descadastrada {your}~ {list}
recuso receber {few}~ {obj}
sair {your}~ {list} $
nao quero receber mais? nada
remover|tirar|excluir|retirar|apagar|deletar|descadastrar me|meu|este|esse? numero|contato|nome|telefone? \
{your}~ {list}
remover|tirar|excluir|retirar|apagar|deletar meu|este|esse numero|contato|telefone|cadastro $
stop|chega|fim|pare|parem {few}~ {obj} $
nao autorizo|aceito|permito {few}~ que? me? {send}|{write}|{obj}
nao {write} mais $
nao me|nos {write} mais? nunca|nada|nunca+mais
me|nos bloqueia|bloqueie *~ nao quero mais? {obj}
tire|tira|tirem|remova|remove|exclua|apague|apaga|delete|deleta|retire meu numero|contato|nome \
dai|daqui|disso $
cancel*|suspend*|interromp* {few}~ recebimento|envio {few}~ {obj}
cancel*|suspend*|interromp* {few}~ mensagens|sms|notificacoes|propagandas|promocoes
nao quero mais? fazer parte {your}~ {list}
nao tenho interesse pare|parem|nao+mande|nao+mandem
nao|nunca me|nos {send} mais
nao|nunca mais? me|nos {send} {few}~ {obj}
nao mais me {send}|{write}
nao|nunca me|nos {write} mais
nao me|nos escreva|escrevam|contate|contatem|contacte|contactem|perturbe|perturbem|incomode|incomodem|\
importune|importunem
nao mandem|mande|envie|enviem|manda mais $
nao mandem|mande|envie|enviem|manda {few}~ {obj}
nunca mais me {send}|{write}
nao quero|queremos|desejo|gostaria mais? de? receber|ver|ter {few}~ {obj}
nao quero|queremos|desejo {few}~ {obj}
nao quero|desejo mais receber
nao quero|desejo que me|voces? {send}|{write} {few}~ {obj}
nao quero|desejo mais? ser contatado|contatada|contactado|contactada|incomodado|incomodada|perturbado|\
perturbada
nao quero receber mais|nada nada? $
pare|parem|para|parar de me perturbar|incomodar|encher|escrever|contatar|contactar|importunar|chatear|\
mandar+mensagem|chamar
pare|parem|para|parar de me? mandar|enviar|encaminhar|spammar me? {few}~ {obj}
pare|parem|para|parar de me mandar|enviar $
pare|parem|para com {few}~ {obj}
me tire|tira|tirem|remova|remove|removam|exclua|exclui|excluam|apague|apaga|retire|retirem|descadastre|\
descadastra|descadastrem {your}~ {list}
tire|tira|tirem|remova|remove|removam|exclua|excluam|apague|apaga|apaguem|retire|retirem|delete|deleta|\
deletem me {your}~ {list}
tire|tira|tirem|remova|remove|removam|exclua|excluam|apague|apaga|apaguem|retire|retirem|delete|deleta|\
deletem o? meu|este|esse numero|nome|contato|telefone|cadastro|celular|whatsapp {your}~ {list}
tire|tira|tirem|remova|remove|removam|exclua|excluam|apague|apaga|apaguem|retire|retirem|delete|deleta|\
deletem o? meu|este|esse numero|contato|telefone|celular $
me descadastr*
quero|gostaria|desejo|como|descadastrar|posso de? me? descadastr*|descadastramento
descadastr* meu|este|esse numero|contato|telefone
quero|gostaria|desejo|como de? faco? para? sair {your}~ {list}
me deixe|deixa|deixem em paz
deixe|deixa|deixem me em paz
cancel* {your}~ minha? inscricao {your}~ nas? {list}
chega|basta de {few}~ {obj}
sem mais {obj}
nao entre|entrem mais? em contato comigo? mais? $
nao entre|entrem mais em contato
nao me desinscrev*
quero|gostaria|desejo me? desinscrev*
^ nao quero mais {obj}
quero parar|deixar de receber {few}~ {obj}
""",
    defused="""
nao pare|parem|para|deixe|deixem de
se|porque|por+que|quando voces? nao me|nos {send}|{write}
voces|voce|vcs|vc nao me|nos {send}
nao me|nos {send}|{write} {few}~ {obj}? {later}
""",
)
