"""The words by which people propose, agree, object and take work: plain data, one entry per language.

Phrases stand between `|`. A phrase counts wherever it stands; `*` is any ending of a word, `...` up to three words.
"""

from collections.abc import Mapping

from briefs.language import Language

LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        common="the and that is it to of we you i this for with not be have are but so what they will would should "
        "from on can do our was just if there about don't it's i'm i'll think yeah okay as at or by an my",
        decides="decided|we agree*|agreed to|agreed that|agreed on|all agree*|go with|going with|go for|going for|"
        "settle* on|settled|approved|resolved|signed off|final answer|final decision|consensus|we'll use|we will use|"
        "we'll go|we will go|we're gonna|we are going to|we're going to|we'll have|we will have|we'll keep|we'll do|"
        "it'll be|it's gonna be|it will be|stick with|sticking with|the decision|we choose|we chose|chosen|accepted|"
        "adopted|call it|then we'll|so we'll|so we will|go ahead with|ship it|it is then|motion carries|passed",
        proposes="propos*|suggest*|recommend*|let's|how about|what about|what if we|why don't we|why not|we should|"
        "should we|shall we|we could|could we|i'd say|i would say|i vote|i'd vote|my vote|my preference|i'd prefer|"
        "i prefer|i'd go|i would go|i'd rather|in favour of|in favor of|any objections|move to|motion to|"
        "lean* toward*|i'm leaning|can we agree|i'd like to|i think we",
        agrees="agree|agreed|i agree|lgtm|sounds good|sounds great|sounds fine|sounds right|works for me|fine by me|"
        "fine with me|good with me|good for me|okay for me|ok for me|okay with me|ok with me|happy with that|"
        "go for it|let's do it|do it|ship it|sgtm|approved|approve|seconded|second that|i second|second|in favour|"
        "in favor|all for it|no objection|no objections|love it|makes sense|plus one|i'm for|i'm fine with|"
        "i'm good with|i'm ok with|i can live with|great idea|good idea|aye|i support|in support|fine for me|"
        "yes please|yes from me|same here|works here|deal|all good for me",
        refuses="minus one|disagree|i disagree|nay|veto|i object|against|i'm against|strong no|hard no|not for me|"
        "no from me|no way|please don't",
        nods="yes|yeah|yep|yup|ok|okay|k|right|sure|mm|mm-hmm|mmhmm|mhm|uh-huh|hmm|cool|great|fine|alright|all right|"
        "nice|good|true|no|nope|thanks|thank you|thx|ty|lol|haha*|oh|um|uh|so|well|hi|hello|bye|exactly|perfect|same|"
        "done",
        objects="object to|i object|i disagree|disagree|concern*|blocker|i'm against|strongly against|i am against|"
        "not convinced|not comfortable|veto|worried|worry|worries me|can't support|cannot support|can't agree|"
        "don't agree|do not agree|not a fan|i don't like|don't think ... should|don't think that's a good|bad idea|"
        "strong no|hard no|too risky|oppose|opposed|won't work|not in favour|not in favor|mistake to|push back|"
        "rather not|minus one|objection|please don't|not happy with|i'd be unhappy|against it|not ok with|"
        "not okay with|i wouldn't|i'd not|i would not",
        defers="postpone*|defer*|table this|table it|park this|park it|park that|parking lot|revisit|decide later|"
        "decide next|decide on monday|decide tomorrow|decide when|decide after|decide in|come back to this|"
        "no decision|not decided|haven't decided|undecided|hold off|let's wait|pick this up|pick it up again|"
        "discuss next|sleep on it|put on hold|on ice|no consensus|need more data|can't decide|not ready to decide|tbd|"
        "take this up",
        retracts="scratch that|on second thought|never mind|nevermind|changed my mind|change of plan|change of plans|"
        "take that back|reversing|reversed|strike that|overturn*|withdraw*|we're undoing",
        takes="i'll|i will|i start|i write|i send|i do that|i ask|i can do|i can take|i can write|i can send|"
        "i can look|i can check|i can make|let me|i'm going to|i am going to|i'm gonna|i've got it|i'm on it|on it|"
        "i volunteer|happy to|leave it with me|i need to|i have to|will do|i got this|i take|on me|i do it|"
        "i'd be happy to|assign me|i can ask|i can draft",
        gives="can you|could you|would you|will you|please|pls|you'll|you will|you should|you need to|are you able to|"
        "next step*|next meeting|to do|todo|action item*|action point*|action on|action for|follow up|followup|"
        "make sure|needs to|need to|has to|have to|take care of|assign*|to prepare|homework|someone should|someone to|"
        "somebody|don't forget|remember to|who can|who will|is going to|will be doing|will be working|will send|"
        "will write|will take|will check|will do|will make|will prepare|will draft|will look|will work|will update|"
        "will talk|will ask|will get|will set|will open|will create|will add|will fix|will review|over to you|owner|"
        "to do by",
        because="because|since|the reason|so that|due to|given that|that way|otherwise|in order to|as we",
        negates="not|don't|didn't|haven't|hasn't|isn't|can't|cannot|never|won't|nobody|no|before we|if we|until we|"
        "unless|wouldn't|doesn't|aren't",
        either="or",
        by="by|before|until|due|due on|no later than",
        months="january|february|march|april|may|june|july|august|september|october|november|december",
        days="monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow",
    ),
    "de": Language(
        common="der die das und ist nicht wir ich ihr es zu mit auf für ein eine den dem dass aber auch noch schon "
        "haben hat sind war wenn dann oder bei von mal doch nur kann wie mir uns bis im am würde werden wird mach sich",
        decides="entschieden|beschlossen|entscheidung|einigen uns|geeinigt|nehmen wir|machen wir|wir nehmen|"
        "wir machen|wir bleiben bei|dabei bleibt|bleibt es bei|es bleibt bei|wir gehen mit|angenommen|genehmigt|"
        "freigegeben|festgelegt|abgemacht|steht fest|einstimmig|wird gemacht|dann also|also dann|wir stellen um|"
        "konsens|fix",
        proposes="vorschlag*|schlage vor|schlage*|würde vorschlagen|ich wäre für|bin für|plädiere|lasst uns|lass uns|"
        "sollten wir|wir sollten|wollen wir|wie wäre|was haltet ihr|wir könnten|könnten wir|am liebsten|ich würde|"
        "ich fände|empfehle|tendiere|mein favorit|warum nicht|beantrage|stimme für|einwände",
        agrees="einverstanden|dafür|bin dafür|passt|passt für mich|passt mir|stimme zu|zustimmung|klingt gut|"
        "gute idee|gern|gerne|genau so|finde ich gut|find ich gut|ja gerne|ja bitte|bin dabei|meinetwegen|von mir aus|"
        "super idee|machen wir so|geht klar|kein einwand|keine einwände|okay für mich|ok für mich|dito|"
        "seh ich auch so|sehe ich auch so|für mich okay",
        refuses="dagegen|bin dagegen|nein danke|auf keinen fall|lehne ab|veto|einspruch|lieber nicht",
        nods="ja|jo|jep|jup|ok|okay|klar|gut|genau|super|prima|danke|alles klar|mhm|hm|stimmt|nein|nee|ne|haha*|hallo|"
        "moin|aha|ach so|sicher|richtig|top|cool|erledigt",
        objects="dagegen|bedenken|einwand|einspruch|widerspreche|nicht einverstanden|sehe ich anders|veto|"
        "halte nichts|skeptisch|nicht überzeugt|zu riskant|riskant|sorge*|bauchschmerzen|gefällt mir nicht|"
        "keine gute idee|blocker|ungern|lieber nicht|kann ich nicht mittragen|geht gar nicht|schwierig finde ich|"
        "mache mir sorgen|für einen fehler|halte ich für falsch",
        defers="vertagen|vertagt|verschieben|verschoben|später entscheiden|noch nicht entschieden|"
        "nächste woche entscheiden|entscheiden wir nächste|entscheiden wir später|zurückstellen|warten wir|abwarten|"
        "parken|offen lassen|noch offen|keine entscheidung|nächstes mal|erst mal nicht|überschlafen",
        retracts="doch nicht|kommando zurück|ziehe zurück|nehme zurück|zurückgezogen|planänderung|vergesst|revidier*",
        takes="ich mache|ich mach|mache ich|mach ich|ich übernehme|übernehme ich|übernehm ich|ich kümmere|kümmere ich|"
        "kümmer mich|kümmere mich|ich schicke|schicke ich|ich schreibe|schreibe ich|schreib ich|ich werde|werde ich|"
        "ich frage|frage ich|frag ich|ich kläre|kläre ich|kläre das|ich prüfe|prüfe ich|ich bereite|ich erstelle|"
        "ich muss|ich bestelle|bestelle ich|ich rufe|ich teste|ich schick|ich ruf|ich trag|trag ich|ich leg|ich stell|"
        "ich geb|ich änder|ich bau|ich bring|ich hole",
        gives="kannst du|könntest du|könnt ihr|magst du|würdest du|bitte|machst du|übernimmst du|schickst du|"
        "schreibst du|kümmerst du|kümmert sich|übernimmt|schickt|schreibt|macht bis|prüft|klärt|todo|to do|aufgabe*|"
        "nächste schritte|nächster schritt|muss noch|müssen noch|wer macht|wer kann|wer übernimmt|jemand|zuständig|"
        "nicht vergessen|du musst|du sollst|soll noch|erledigen|bereitet",
        because="weil|da wir|denn|damit|sonst|wegen|deshalb|daher|grund",
        negates="nicht|kein|keine|keinen|nie|niemand|noch nichts|bevor|falls|ob",
        either="oder",
        by="bis|bis zum|bis spätestens|spätestens|vor|vor dem|am",
        months="januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember",
        days="montag|dienstag|mittwoch|donnerstag|freitag|samstag/sonnabend|sonntag|heute|morgen",
    ),
    "fr": Language(
        common="le la les et est pas on nous vous je il que qui de des du un une pour avec dans sur mais ça c'est ce "
        "ne plus sont avons j'ai au aux en par si bien fait être vais moi ou tu d'accord ai cette faut",
        decides="décidé|décide|décision|on part sur|on prend|on garde|on choisit|on reste sur|on retient|retenu|"
        "adopté|approuvé|validé|on valide|acté|c'est acté|c'est décidé|on fait ça|entendu|on y va|on va|va pour|"
        "unanimité|tranché|consensus",
        proposes="propose*|proposition|suggère|je suggère|recommande|on devrait|on pourrait|devrait-on|pourquoi pas|"
        "et si on|si on|je préfère|je préférerais|je penche|je serais pour|je vote|je dirais|il faudrait|faut-il|"
        "objections|qu'en pensez-vous|mon choix",
        agrees="d'accord|ok pour moi|oui pour moi|ça me va|ça marche|parfait pour moi|je suis pour|pour|tout à fait|"
        "je valide|validé|bonne idée|très bien|je vote pour|pareil|idem|je suis d'accord|pas d'objection|"
        "aucune objection|on fait ça|bon pour moi|entièrement d'accord|je soutiens|approuvé|partant|partante|"
        "ça me convient",
        refuses="contre|je suis contre|pas d'accord|je m'oppose|veto|non merci|surtout pas|pas pour moi",
        nods="oui|ouais|ok|okay|non|bien|parfait|super|merci|exact|exactement|voilà|ah|hm|mm|euh|bon|bonjour|salut|"
        "bref|haha*|mdr|nickel|top|vu|noté|génial",
        objects="contre|pas d'accord|je m'oppose|objection|inquiet|inquiète|réserve|réserves|pas convaincu|"
        "pas convaincue|trop risqué|risqué|risque de|mauvaise idée|veto|gêne|ça me gêne|pas favorable|bloquant|"
        "problème pour moi|je crains|je doute",
        defers="reporter|reporté|on reporte|plus tard|on décide|on décidera|pas décidé|pas encore décidé|en attente|"
        "attendre|on attend|remettre à|prochaine réunion|à revoir|on en reparle|reparler|pas de décision|"
        "rien n'est décidé|repousser",
        retracts="finalement non|finalement pas|j'ai changé d'avis|je retire|oubliez|changement de plan|on annule|"
        "annulé",
        takes="je m'en occupe|je m'occupe|je vais|je fais|je prends|je prépare|j'envoie|j'écris|je rédige|je regarde|"
        "je vérifie|je contacte|je demande|je m'en charge|je me charge|j'appelle|j'ajoute|je dois|je mets|je crée|"
        "je relance|je peux|je préviens|je supprime|je commence|je sors|je teste|je réserve|je transmets|je corrige|"
        "je propose de",
        gives="peux-tu|tu peux|pouvez-vous|pourrais-tu|tu pourrais|pourriez-vous|merci de|s'il te plaît|"
        "s'il vous plaît|stp|svp|à faire|todo|prochaine étape|prochaines étapes|il faut|qui peut|qui s'occupe|"
        "s'occupe|se charge|prépare|envoie|rédige|vérifie|doit|devra|tu t'occupes|n'oublie|n'oubliez|il reste à|"
        "quelqu'un",
        because="parce que|car|puisque|afin|sinon|vu que|comme ça|à cause|pour que",
        negates="pas|jamais|aucun|aucune|personne|avant de|si on|rien",
        either="ou",
        by="avant|avant le|d'ici|d'ici à|d'ici le|pour|pour le|au plus tard|le|jusqu'au",
        months="janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        days="lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourd'hui|demain",
    ),
    "es": Language(
        common="el los las y es no que de del un una por con para se lo en pero como más nos está hay yo si ya muy al "
        "son también esto eso qué porque vamos creo tenemos la le mi sí ser hacer",
        decides="decidido|decidimos|decisión|acordado|acordamos|quedamos en|queda aprobado|aprobado|aprobada|"
        "nos quedamos con|vamos con|iremos con|elegimos|elegido|usaremos|lo hacemos|queda así|hecho entonces|cerrado|"
        "adoptado|por unanimidad|consenso",
        proposes="propongo|propuesta|proponer|sugiero|recomiendo|deberíamos|podríamos|y si|qué tal si|qué tal|"
        "prefiero|yo votaría|voto por|me inclino|mejor si|hagamos|por qué no|objeciones|qué os parece|qué les parece|"
        "yo diría|yo iría",
        agrees="de acuerdo|estoy de acuerdo|a favor|me parece bien|me parece|vale por mí|por mí bien|por mí vale|"
        "perfecto por mí|apoyo|adelante|buena idea|me gusta|conforme|sin objeciones|igual|lo mismo|aprobado|hagámoslo|"
        "me apunto|secundo|ok por mí|totalmente de acuerdo",
        refuses="en contra|estoy en contra|no estoy de acuerdo|me opongo|veto|ni hablar|mejor no|yo no",
        nods="sí|si|vale|ok|okay|bien|claro|perfecto|gracias|exacto|genial|no|bueno|ah|eh|mm|hola|jaja*|listo|ya|"
        "correcto|súper|dale",
        objects="en contra|no estoy de acuerdo|me opongo|me preocupa|preocupa*|objeción|no me convence|arriesgado|"
        "demasiado riesgo|mala idea|veto|no lo veo|no me gusta|bloqueante|tengo dudas|reservas|inquieta",
        defers="posponer|pospon*|aplazar|aplaz*|más adelante|decidimos luego|decidir luego|todavía no|"
        "pendiente de decidir|sin decisión|lo dejamos para|esperar|esperemos|próxima reunión|retomar|lo retomamos|"
        "no se decidió|no decidimos|queda pendiente",
        retracts="mejor no|olvidadlo|olviden|cambié de opinión|cambio de planes|retiro|retiramos|pensándolo bien|"
        "anulamos",
        takes="yo me encargo|me encargo|me ocupo|lo hago yo|yo lo hago|voy a|yo preparo|preparo|yo envío|envío|"
        "escribo|reviso|yo hablo|hablo con|lo miro|yo miro|tengo que|me comprometo|yo llamo|pido|lo subo|haré|enviaré|"
        "mandaré|mando|aviso|actualizo|llamo|pregunto|hablo yo|armo",
        gives="puedes|podrías|podéis|pueden|por favor|porfa|hay que|falta|tarea*|próximo paso|próximos pasos|"
        "pendiente|quién puede|quién se encarga|se encarga|se ocupa|prepara|envía|revisa|debe|deberá|tienes que|"
        "te encargas|alguien|no olvides|todo:",
        because="porque|ya que|para que|así que|debido a|por eso|si no|puesto que",
        negates="no|nunca|nadie|ningún|ninguna|antes de|si no|todavía",
        either="o",
        by="antes de|antes del|para|para el|hasta|hasta el|a más tardar|el",
        months="enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        days="lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|mañana",
    ),
    "pt": Language(
        common="o os as e é não que de do da dos das um uma por com para se em no na mas como mais nós está há eu já "
        "muito ao são também isso isto a gente vamos acho temos você pra ele seu foi só então quem ou sem tem",
        decides="decidido|decidimos|decisão|acordado|combinado|fechado|ficamos com|vamos com|aprovado|aprovada|"
        "escolhemos|vamos usar|fica decidido|fica assim|adotado|por unanimidade|consenso|definido|vamos de",
        proposes="proponho|proposta|propor|sugiro|sugestão|recomendo|deveríamos|devíamos|poderíamos|podíamos|e se|"
        "que tal|prefiro|voto em|voto por|eu votaria|melhor se|por que não|objeções|o que acham|eu diria|eu iria",
        agrees="de acordo|concordo|a favor|por mim tudo bem|por mim ok|por mim|parece bom|parece-me bem|boa ideia|"
        "apoio|gostei|sem objeções|aprovado|bora|tô dentro|estou dentro|concordo plenamente|pode ser|fechado|igual|"
        "combinado|beleza pra mim",
        refuses="contra|sou contra|discordo|não concordo|me oponho|veto|de jeito nenhum|melhor não",
        nods="sim|ok|okay|tá|certo|claro|perfeito|obrigado|obrigada|valeu|exato|ótimo|não|bom|ah|hm|oi|olá|kkk*|"
        "beleza|show|blz|isso|legal",
        objects="sou contra|contra|discordo|não concordo|me oponho|preocupa*|objeção|não me convence|arriscado|"
        "má ideia|veto|não gosto|bloqueio|tenho dúvidas|receio|ressalva*",
        defers="adiar|adia*|mais tarde|decidir depois|decidimos depois|ainda não|sem decisão|fica para|esperar|"
        "vamos esperar|próxima reunião|retomar|retomamos|não decidimos|em aberto|pendente",
        retracts="melhor não|esquece|esqueçam|mudei de ideia|mudança de planos|retiro|cancela|pensando melhor|"
        "voltamos atrás",
        takes="eu faço|faço eu|eu cuido|cuido disso|eu fico com|fico com|eu assumo|assumo|deixa comigo|vou|eu preparo|"
        "preparo|eu envio|envio|eu escrevo|eu reviso|eu falo|falo com|eu vejo|tenho que|preciso|eu mando|mando|farei|"
        "enviarei|eu pego|pego|aviso|atualizo|ligo|pergunto",
        gives="podes|pode|poderia|podem|consegues|consegue|por favor|pf|precisa|precisamos|tem que|falta|tarefa*|"
        "próximo passo|próximos passos|quem pode|quem fica|fica com|cuida|prepara|envia|revisa|deve|deverá|alguém|"
        "não esqueça|a fazer",
        because="porque|já que|para que|então|devido|por isso|senão|pois",
        negates="não|nunca|ninguém|nenhum|nenhuma|antes de|se não|ainda",
        either="ou",
        by="até|até o|até a|até dia|antes de|antes do|para|para o|no máximo",
        months="janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        days="segunda-feira/segunda|terça-feira/terça|quarta-feira/quarta|quinta-feira/quinta|sexta-feira/sexta|"
        "sábado|domingo|hoje|amanhã",
    ),
    "it": Language(
        common="il lo gli le e è non che di del della dei un una per con si in ma come più noi ci sono ho ha io già "
        "anche questo quello al nel allora penso abbiamo perché cosa mi facciamo se alla da poi",
        decides="deciso|decidiamo|decisione|concordato|d'accordo su|approvato|approvata|andiamo con|scegliamo|scelto|"
        "usiamo|teniamo|restiamo su|si fa così|facciamo così|adottato|all'unanimità|stabilito|confermato|consenso",
        proposes="propongo|proposta|proporrei|suggerisco|consiglio|dovremmo|potremmo|e se|che ne dite|preferisco|"
        "preferirei|voto per|voterei|io direi|direi|meglio se|perché non|obiezioni|facciamo|andrei",
        agrees="d'accordo|sono d'accordo|favorevole|a favore|va bene|per me va bene|per me ok|mi va bene|buona idea|"
        "ottima idea|concordo|approvo|approvato|ci sto|appoggio|nessuna obiezione|facciamolo|anche per me|idem|"
        "mi piace|pienamente d'accordo",
        refuses="contrario|contraria|sono contrario|sono contraria|non sono d'accordo|mi oppongo|veto|"
        "assolutamente no|meglio di no",
        nods="sì|si|ok|okay|certo|perfetto|grazie|esatto|ottimo|no|bene|ah|eh|mm|ciao|ahah*|giusto|fatto|capito|vabbè|"
        "ricevuto",
        objects="contrario|contraria|non sono d'accordo|mi oppongo|preoccup*|obiezione|non mi convince|rischioso|"
        "troppo rischioso|cattiva idea|veto|non mi piace|bloccante|ho dubbi|perplesso|perplessa|perplessità|riserve",
        defers="rimandare|rimandiamo|rinviare|rinviamo|rinviato|più avanti|decidiamo dopo|decideremo|non ancora|"
        "nessuna decisione|aspettiamo|aspettare|prossima riunione|ne riparliamo|riparlarne|in sospeso|da decidere|"
        "non abbiamo deciso",
        retracts="anzi no|ripensandoci|ho cambiato idea|cambio di programma|ritiro|lasciamo perdere|annulliamo|"
        "come non detto",
        takes="lo faccio io|faccio io|ci penso io|me ne occupo|mi occupo|preparo|preparo io|mando|mando io|scrivo|"
        "scrivo io|controllo io|verifico|guardo io|sento io|devo|prendo io|lo prendo|invio|aggiorno io|chiedo io|"
        "chiamo io|farò|manderò|aggiorno|prenoto|avviso|chiamo|chiedo",
        gives="puoi|potresti|potete|per favore|per piacere|bisogna|serve|da fare|prossimo passo|prossimi passi|"
        "chi può|chi si occupa|si occupa|prepara|manda|scrive|controlla|deve|dovrà|devi|te ne occupi|qualcuno|"
        "ricordati|compito|compiti|manca",
        because="perché|poiché|dato che|così che|altrimenti|visto che|siccome|quindi",
        negates="non|mai|nessuno|nessuna|prima di|se non|ancora",
        either="o|oppure",
        by="entro|entro il|entro la|prima di|per|per il|non oltre|fino a",
        months="gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        days="lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|oggi|domani",
    ),
    "nl": Language(
        common="de het een en is niet we wij ik je jullie dat dit van voor met op te zijn maar ook nog al hebben "
        "heeft als dan of bij naar wel om ze er aan kan wat hoe gaan moet moeten zou mij ons dus even deze",
        decides="besloten|besluit|beslissing|afgesproken|akkoord op|we kiezen|gekozen|we nemen|we gaan voor|"
        "we houden het|het wordt|goedgekeurd|vastgesteld|unaniem|we doen het|zo doen we|dan doen we|consensus|"
        "we blijven bij|aangenomen",
        proposes="voorstel*|stel voor|ik stel|zullen we|laten we|we zouden|we moeten|moeten we|ik zou|ik pleit|liever|"
        "voorkeur|wat als we|waarom niet|aanraden|ik stem|bezwaar tegen|bezwaren|wat vinden jullie|misschien kunnen we",
        agrees="akkoord|mee eens|eens|ben voor|prima voor mij|goed idee|helemaal mee eens|lijkt me goed|"
        "lijkt me prima|klinkt goed|vind ik goed|wat mij betreft|voor mij prima|doen|geen bezwaar|steun ik|"
        "ga ik mee akkoord|ik ben voor|ik doe mee|zeker doen",
        refuses="tegen|ben tegen|ik ben tegen|oneens|niet mee eens|veto|liever niet|absoluut niet|niet akkoord",
        nods="ja|jawel|yes|oké|ok|okay|prima|goed|top|bedankt|dank|dankje|precies|klopt|nee|neen|hoi|haha*|mm|hm|"
        "zeker|nou|aha|super|fijn",
        objects="ben tegen|ik ben tegen|oneens|niet mee eens|bezwaar|zorgen|bezorgd|niet overtuigd|te riskant|riskant|"
        "slecht idee|veto|blokker*|zie ik niet zitten|twijfel*|moeite mee|niet akkoord",
        defers="uitstellen|uitgesteld|stellen we uit|schuiven|later beslissen|beslissen later|nog niet besloten|"
        "geen besluit|volgende week beslissen|beslissen we volgende|wachten|we wachten|parkeren|volgende keer|"
        "komen hierop terug|nog open|aanhouden",
        retracts="toch niet|laat maar|bij nader inzien|van gedachten veranderd|trek ik in|ingetrokken|terugdraaien|"
        "vergeet het",
        takes="ik doe|doe ik|ik neem|neem ik|ik pak|pak ik|ik regel|regel ik|ik stuur|stuur ik|ik schrijf|schrijf ik|"
        "ik ga|ga ik|ik zal|zal ik|ik maak|maak ik|ik vraag|vraag ik|ik check|check ik|ik kijk|kijk ik|ik moet|ik bel|"
        "bel ik|ik zorg|ik plan|plan ik|ik boek|boek ik|ik mail|mail ik",
        gives="kun je|kan je|kunnen jullie|wil je|zou je|graag|alsjeblieft|aub|svp|actiepunt*|volgende stap*|todo|"
        "te doen|taak|taken|moet nog|moeten nog|wie kan|wie doet|wie pakt|iemand|regelt|stuurt|schrijft|maakt|zorgt|"
        "vergeet niet|jij|pakt op",
        because="omdat|want|zodat|vanwege|anders|daarom|doordat",
        negates="niet|geen|nooit|niemand|voordat|als we|nog",
        either="of",
        by="voor|vóór|tegen|uiterlijk|tot|op",
        months="januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        days="maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|vandaag|morgen",
    ),
    "ja": Language(
        common="の は が を に で と も です ます した する から まで ない",
        decides="決定|決まり|決めました|に決めた|でいきましょう|で行きましょう|でいきます|で行きます|にしましょう|"
        "にします|承認|合意|採用|確定|了承しました|ということで|で進めます|で進めましょう",
        proposes="提案|どうでしょう|どうですか|ほうがいい|方がいい|方が良い|べき|いかがでしょう|いかがですか|"
        "しませんか|たい|推し|と思います|ましょうか|案|希望",
        agrees="賛成|同意|いいと思います|良いと思います|異議なし|了解です|問題ありません|問題ないです|"
        "それでお願いします|大丈夫です|それで|いいですね|良いですね|OKです|同じく|ぜひ",
        refuses="反対|却下|やめましょう|やめたほうが",
        nods="はい|ええ|うん|了解|承知|ありがとう*|なるほど|そうですね|お疲れ様*|わかりました|分かりました|助かります|"
        "おはよう*|笑|いいえ|いや",
        objects="反対|懸念|心配|不安|納得でき|難しいと思|リスク|賛成できません|賛成できない|同意できません|厳しい|"
        "危険|異議あり|やめたほうが",
        defers="保留|延期|後で決め|次回|持ち越し|見送り|来週決め|まだ決ま|また今度|再検討|一旦置|改めて",
        retracts="やっぱり|やはりやめ|撤回|取り消し|白紙|なしで",
        takes="やります|します|対応します|担当します|私が|僕が|こちらで|作ります|送ります|確認します|書きます|"
        "調べます|共有します|連絡します|用意します|更新します|やっておきます|出します|直します",
        gives="お願いします|お願いできますか|お願いしたい|してください|して下さい|もらえますか|いただけますか|"
        "頼めますか|誰が|やること|次のステップ|宿題|タスク|必要があります|担当は|担当:|までに",
        because="ので|ため|理由|なぜなら|からです",
        negates="ない|ません|まだ|なかった",
        either="か|それとも|または",
        by="までに|まで",
        months="1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月",
        days="月曜日/月曜|火曜日/火曜|水曜日/水曜|木曜日/木曜|金曜日/金曜|土曜日/土曜|日曜日/日曜|今日/本日|明日",
    ),
}  # fmt: skip
