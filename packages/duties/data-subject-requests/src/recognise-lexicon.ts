/**
 * Words by what they are in a request, French and English together, folded: no accents, no case, apart at apostrophes. `*` stands
 * for the rest of a word. A word may be of several classes. What is typed as it sounds stands in `spoken`.
 */
export const lexicon = {
  // Whose it is.
  OWN: "mon ma mes notre nos son sa ses leur leurs my our his her their moi",
  ME: "moi me mon ma mes m je j nous notre nos my our i we us mine",
  CHILD:
    "fils fille filles enfant enfants gosse* gamin* petit petite petits bebe jumeaux jumelles triplets pupille neveu niece son sons daughter* child kid kids twin* boy boys girl girls stepson* toddler mineur mineure minor nephew fiston fifille ado loulou frere soeur brother sister ainee aine eldest jumelle jumeau garcons nain cadet cadette garconnet fillette ados teen teenager daughter grandson granddaughter petits-enfants filleul* godson cousin* demi ainees benjamin benjamine poupon bambin* mome* petiot* progeniture offspring youngest oldest lad lass junior",
  FOLK: "eleve eleves enfants gamins gosses pupils children kids students child pupil enfant utilisateurs users familles families parents gens people personnes mineurs minors collegiens lyceens parent youngsters teens ados usagers usager",
  FORMER: "ancien ancienne former formerly ex",

  // What is held of somebody.
  DATA: "donnee donnees data datas info infos information informations details renseignement* detail dossier dossiers fiche fiches file record records elements fichiers base bases database* databases fichage metadonnees metadata renseignements indications contenu contenus pieces justificatifs papers paperwork paper folder folders indication element particulars metadonnee fichee renseignement documents document",
  ACCOUNT: "compte comptes profil profils account* profile*",
  HELD: "photo* foto* video* image* picture* pic pics portrait* voix voice audio enregistrement* recording* trace traces historique history journal journaux log logs resultat* result* note notes score* bulletin* livret* portfolio* commentaire* comment comments appreciation* remarque* remark* mention* observation* dessin* drawing* travail travaux work works production* redac* texte* poeme* poem* essay* cv lettre* letter* cahier* messages bilan* reponses answers reports report register registre ecrits lectures devoirs copies inscription registration documents evaluation* tests truc trucs stuff things affaires activite* activity activities progres progress parcours assessment* entry entries usage usages connexion* login* logins clics clicks localisation location position booklet temps recit* histoire* story stories mots visage face avatar points comportement behaviour behavior habitudes sante health handicap dys* medical medicale medicaux carnet* trombine* visages vid vids habits questionnaire* remarques evaluations correspondence correspondance courrier* pseudo pseudonyme* nickname* username* blog avis reviews review feedback souvenir* memories chanson* song* film* films clip clips selfie* paroles speech discours vocal vocale vocaux oral visage* signature* empreinte* fingerprint* sourire creation* ecriture handwriting copie scan scans brouillon* drafts draft chats conversation* discussion* echange* exchange* exchanges badge* badges medaille* trophe* troph* palmares tableau moyenne* average* grade* marks mark progression suivi performances performance pages visites visits recherches searches horaires hours times poesie* poesies chant cantine* podcast* sculpture* maquette* ecrit redaction* composition* essais diary diaries snapshot* footage sketch* painting* peinture* screenshots feuille* notation* annotation* assiduite attendance punctuality retards sanctions punition* detention* itineraire trajets gps geoloc* frappe keystrokes typing clavardage",
  CONTACT:
    "adresse adresses address* mail mails email emails courriel* telephone* tel phone numero* number* portable mobile coordonnees contact* identifiant* sms fixe joindre boite mailbox phones cellphone mob postcode postal rue street ville town domicile whatsapp gsm domiciliation residence demeure landline courriels adressage",
  IDENTITY:
    "nom noms prenom prenoms name names surname* firstname lastname naissance birth birthday dob anniversaire age sexe gender sex genre civilite nationalite nationality religion allerg* sanguin blood diagnosis diagnostic absence absences niveau guardian* orthographe spelling accent diplome statut status identite identity regime bourse boursier trema cantine deuil civil trombine patronyme majuscule tiret trait apostrophe initiale lettre lettres pronom pronouns deadname marital mariage divorce deces sexuel ethnic origine origines ville profession metier job poste title allergie handicap homonyme homonymes titulaire tutelle guardianship filiation maternite paternite marraine ethnicity birthplace birthdate birthyear allergies asthme asthma intolerance epilepsie epilepsy redoublement redoublant transgenre handicape",
  MANY: "tout toute tous toutes all everything anything whole entire complet complete* entier entierement integral* ensemble full fully rien nothing",
  PRON: "le la les l ca cela it them that this ceci celles ceux celle celui those these mine tout everything all en",
  LISTING:
    "recapitulatif recap releve liste synthese detail details etat resume inventaire list summary overview breakdown statement contenu contents content integralite",

  // What belongs to the product or to a lesson, and to nobody.
  APP: "exercice* exercise* bouton* button* lien liens link links sequence* lesson* lecon* passe password* mdp facture* invoice* licence* license* abonnement* subscription* bug* quiz qcm mcq* manuel* manual textbook* ressource* resource* cookies cache tablette* tablet* serveur* server proxy badge* chat tchat menu fenetre clavier keyboard imprimante printer ecran screen corrige bareme key equipe equipes team teams poule pool ami amis copain copains copine copines friend* fournisseur* newsletter* paiement payment commande* order* devis quote tournoi tournament parametre* setting* assignment* capture screenshot chapitre chapter cours seance* dictee* dictionnaire dictionary calendrier calendar sondage font logo notification* pop onglet tab filtre* template navigateur browser newsletters mailing imprimer interface interfaces icone* icon* curseur* cursor* souris mouse widget* plugin* extension* avatar* fond theme themes couleur* colour* color* volume casque headset* minuteur* timer* chronometre zoom consigne* slide* diapo* diaporama* powerpoint",
  EDU: "expose exposes conference* journaliste* journalist* seance emc worksheet* lesson lessons talk curriculum sequence* catalogue atelier workshop* fictif fictifs fictive brevet citizenship sensibilisation debat debate debattre presentation leaflet redige reporter interview* quiz revision* dissertation memoire these thesis philo modele model pedagogique affiche poster apprenants exemple example",
  LESSON:
    "cours course lecon exercice exercices exercise* homework texte essay civil travail labour labor code homme declaration oral controle chapitre chapter classe eleves pupils module",
  BUG: "bug* bugue plante crash* grise grisee marche fonctionne* charge load loads loading blank 404 403 500 casse broken lent slow ecran screen erreur error plantage fige freezes frozen freeze glitch* connecter disparu disparus rame lag lags message refuse disconnect* deconnect* impossible failed fails failing fail echoue",
  LOST: "perdu perdue perdus retrouver retrouve restaur* restor* backup sauvegarde accident accidentally accidentellement expres undo remettre involontaire* corbeille recuperables retablir recover recovered reapparait undelete perte lost missing vanished disparu disparus disparue",
  TEACH:
    "eleves classe classes pupils class students groupe groups group sequence sequences cours collegue* colleague* lessons lesson planner planning apprenants cohorte section promo seances devoirs",

  // What is asked, and how.
  WANT: "veux veut voulons voulez veulent voudrai* voudrion* voulais vouloir souhait* desir* aimerai* aimerion* demand* exig* reclam* sollicit* prie prions requier* requer* requet* attends want* wish* would like request* require* insist* ask asks asked asking need needs envie besoin expect kindly invoque* exerc* entends mets mettons mise notifi* interet interess* curieux desire voudrait tiens tenons insiste insistons aimerait souhait prefer* prefere* rather hope* espere* esperons compte comptons intend* mean means exigence implore beg supplie merci",
  PLEASE:
    "svp stp merci veuillez veuiller priere pourriez pourrait pouvez pouvoir peux peut peuvent puis pourrais possible serait auriez faut faudrait faudra doit doivent devez devrait please kindly could can would may must should might let need pensez pensiez songez accepteriez accepte consentir gentil gentillesse soyez bonte serais serions arranger moyen possibilite able",
  HOW: "comment how",
  Q: "?",

  // Deeds.
  ERASE:
    "effac* eface* suppr* suprim* enlev* oter otez ote otiez otee retir* detrui* destruct* jeter jetez jetiez jette jetes vire virer virez viriez purg* elimin* fermer fermez fermiez fermeture clotur* clore desactiv* radier radiez radiation nettoy* oublier oubliez disparai* disparition poubelle corbeille broy* rayer rayez rayiez debarrass* desinscri* delet* eras* remov* wip* destroy* scrub* expung* shred* forget forgotten close closed closing closure deactiv* unregist* bin binned trash* gone disappear* vanish* discard* clear disparaitr* ote* trie bazard* evapor* annih* expir* delist* scrap ditch efaces dispar* nettoye efface evacu* elimine zap* expurg* blanchir kill killed rid vider videz degager sors sortez sortir ejecter ejectez biffez soustraire strike struck drop dropped scratch takedown unpublish* depubli* retrait suppresion shredded cleanse clean erases lose out off down gommer gommez gomme liquid* dissip* aneanti* vidange* nettoyage dispose disposed disposal obliterat* eliminat* eradicat* evacuer debarassez debarass* balanc* balayer balayez amput* deleted deletes efaceer suprime suprimez defaire unsubscribe unlist* terminate terminated ditched chuck chucked",
  RECTIFY:
    "corrig* correct* rectif* chang* modif* actualis* arrang* reparer reparez ajout* completer completez completiez remplacer remplacez redress* regularis* amend* updat* fix fixed edit editing replac* alter adjust* add remettre remettez inverser reprendre renseigner rajout* straight corriges reecri* reformul* rectifie mets remplace permut* revoir adapter ajuster ajustez ajuste rename renomm* reword* rewrite revise revis* swap switch set put enter mend righted reactualis* rafraich* refresh* rectifiez redonner retabl* reetabl* substitu* tweak* reflect reflects correcte remedi* remediez remedy resoudre reparation rewritten renaming retype* harmonis*",
  WRONG:
    "faux fausse fausses errone* inexact* incorrect* incomplet* orthographi* perime* obsolete wrong wrongly inaccurat* misspel* misspelt spelt spelled outdated incorrectly mauvais mauvaise erreur* mistake* error* trompe* tromper confond* confusion melange* inverse* mixed swapped typo* coquille false mal manque manquant missing misnamed deceased decede* contraire renseigne bizarre inverses interverti* decale decalee fautif fautive oublie manquent raccourci tronque* estropi* deform* ecorch* mismatch* muddled confused garbled botched incorrecte contradict* untrue misstat* misquot* misgender* wrongful errone eronne* erreurs fautes imprecis* approximatif* invers* desuet* caduque* depasse depassee vieux vieille stale mistaken mistakenly misprint* mislabel* misrecord* misentered inverted transposed mensong* menti incoherent* inconsistent inapproprie* mispelt mispelled mispel* uncorrect",
  NOWRONG:
    "lieu instead plus longer desormais maintenant now alors should ancien ancienne old juste vrai bon bonne right nouveau nouvelle new actually pas not isn't demenage moved",
  GET: "avoir aurais obtenir obtenez recevoir recu recuperer recupere envoy* communiqu* transm* fourni* donner donnez voir lire relire consult* acced* acces connaitre savoir adresser adressez remettre partager telecharg* ecouter regarder visualis* indiqu* dire dites get getting have see seeing view receive send sending obtain provide give disclos* download* know read access consult listen supply show tell produire montr* parvenir remise transmission communication connaissance hand handed deliver reach montre remet* donne envoie forward let fais faites obtention communique communiques transmette transmettiez fournissez fournissiez presenter presentez exposez detaillez detailler listez lister print printed retrieve recover request inspect inspection look looked peek glimpse reveal share furnish release procurer procurez procurent fourniture sight viewing perus* supplied restitu* restituez rendre rendez renvoy* imprim* consultable transparen* disposition",
  COPY: "copie copies copy extrait extraction export* duplicata double print* dump transcript photocopie* reproduction",
  HOLD: "avez detenez detient detenu* gardez garde gardes conserv* stock* possed* savez sait enregistr* collect* notez sauvegard* recueill* dispos* traitez archiv* avait ont gardent contient contiennent figure figurent consign* accumul* amass* have hold holds keep keeps kept store stores stored collect collects collected record records recorded know knows got process processes contain contains saved save possess retain retains holding keeping held written compiled gathered amassed inscrit marque retenu retenez retient remember* existe exist exists accumulees tenez concerne entered saisi saisie memoris* sais savent connaissez connait amasse conserver retenus consignees stockes enregistres archive archives archived filed log logged track tracked compile accumulated gather gathers noted owned amasses accumule accumules engrang* thesauris* compil* repertori* conserves recense* recenses inventori* memorises documente documented harbour* stocke stockees stocker hang hanging holdings gardiez conserviez ayez possession",

  RESTRICT:
    "geler gelez geliez gel gele gelees figer figez fige figees bloqu* suspend* limit* restrei* restrict* neutralis* pause attente quarantaine freez* frozen suspension block* lock locked locking hold quarantine halt isole* isoler isolez verrouill* sequestre cadenass* scell* seal sealed immobilis* paus* untouched stopp* interromp* immobil* mettre mise hiberner hibernation congel* consign* park parked parking shelve* shelf shelved limite stand stands still tiroir drawer coffre vault safe suspends suspendu* suspendre inaccessible inutilisable intouch* hibern* confin* congeler ringfence* embargo moratoire moratorium standstill intact inchange unchanged alone verrou*",
  UNTIL:
    "tant attendant attente jusqu jusque pendant durant avant interval intervalle contestation verification verifiez verifier until till til while pending meanwhile whilst litige contentieux dispute* proces tribunal juge procedure provisoire* temporaire* temporar* apres-coup entretemps delai moment instant tranche tranchee regle reglee resolu resolue settled resolved sorted decides decided outcome issue enquete investigation inquiry appel appeal court hearing police expertise desaccord eclairci* clarified clear judge judgment jugement verdict tantque juridiction instruction audience audiences delibere mediateur mediation mediator ombudsman defenseur arbitrage arbitration pourparlers avocats preuve preuves evidence plainte",
  KEEP: "gard* conserv* keep keeping retain store preserv* laisse laissez laisser leave maintenir maintenez maintain garde",
  USE: "utilis* exploit* traite traiter traitez traitement* serv* use used using uses usage process* touch* consult* communiqu* diffus* send* shar* regard* partent parte transm* montr* affich* lire lisez lise ouvrir ouvre open ouvert servez employer employez emploie rely relying touche touchez manipul* consulte act acting travailler work",
  USED: "utilis* exploit* serv* entrain* partag* partent parte parten* vend* vende* revend* transm* enregistr* analys* suiv* trac* traite traitee traitees traitiez traitez traiter collect* consign* diffus* montr* affich* voient voie voit voyez compar* crois* film* surveill* espionn* regard* mesur* calcul* chronometr* geolocalis* profil* cibl* recommand* communiqu* use used using uses sold sell selling sells shar* analyz* track* record* monitor* process* train* pass passed passing giv* show* displa* feed* fed send* not* logg* measur* watch* scan* target* look looking time timed timing rank* servir nourrir alimenter aliment* employer employ* reutilis* reus* scrut* pist* observ* espion* evalu* classe classer comparais* repere reperer* fich* fiche ficher transf* nourri* prof* link* linked cross crossed merge merged scor* rate rating rated feed fuel experiment* test tests tested testing publish* advertis* contact contacting contacted call calling relanc* solicit* demarch* email emailing mouliner moulin* depouill* recoup* mine mined mining harvest* scrape* scraping siphonn* aspir* detourn* monetis* monetiz* repurpos* study studied studies studying examined scrutin* snoop* spy* spied peek* eavesdrop* nosey push pushed suggest* nourriss* gav*",
  PROCESS:
    "traitement* utilisation exploitation profilage profiling processing marketing prospection publicite* pub pubs advertis* ads demarchage relance* reutilisation partage collecte analyse analyses analysis analytics statistiques statistics recherche* research etude* study studies tracking suivi diffusion publication transmission transfert revente sharing commercial* ciblee moteur engine ia ai intelligence entrainement training newsletter sollicitation* recommandation* predicti* geolocalisation surveillance flicage enquete* survey* classement ranking comparaison* comparison* rapprochement* usage croisement* publicitaire* psychologique* profil ad stuff test testing testez panel pilot exploit* utilis* usage* carte mapping heatmap chronometr* decompte notation score scoring comptage fichage suggestions suggestion telemetry telemetrie statistique experimentations essais trials cobaye* guinea demarchages prospections mailing publipostage nudging nudge pistage moissonnage leaderboard classements podium benchmark* sondages",
  REFUSE:
    "refus* interdis* defends hors forbid prohibit decline declin* contre against question desapprouv* refuser contrari* interdit inadmissible reject veto rejette rejetons refusal nope non hostile oppos* object* disapprov* unwilling unhappy inacceptable unacceptable tolere tolerons protest* desaccord* deplai* gen* derange* agace* choque* shocked veto* rechign* hostilit* dislike* disagree* inadmissibles opposition objection objections protester rejet reprouv* mecontent*",
  STOP: "arret* cess* cesse stop* cease quit fini finissez halte end ending terminez cesser assez basta enough ceasing halt pause plus finir interromp* finissons abandonn* arretez stoppez cessez desist* refrain* abstenir abstenez knock terminer quittez eviter evitez avoid discontinu*",
  EXCLUDE:
    "exclu* exempt* dispens* sortir sortez leave omit opt soustra* ecart* ecarter epargn* spare sors retir* remove enlev* laiss* dehors out hors without",

  CONSENT:
    "consent* accord accords autorisation* permission* authorisation* authorization* agreement aval acceptation vert ahead light ok okay blanc feu signature acquiescement assentiment validation approbation approval approve approved bon authoris* sign-off slip waiver formulaire form forms case box blessing mandat consentements assentir adhesion engagement quitus feuvert greenlight goahead nod decharge release",
  WITHDRAW:
    "retir* revoqu* revocation retrait annul* revenir reviens revenons reprend* retract* dedis withdr* revok* cancel* rescind* back undo caduc caduque nul void denonc* termin* enlev* arret* stopp* expir* plus n'existe dedire dedisons off ends over ended suppr* revient perime* valable invalid* invalide desist* denonce* dismiss* renonc* renounce* repudiat* nullif* quash* tear dechir* oublier forget stop stops finish* longer supprim* decocher decochez decoche* untick* uncheck* desengag* retirons retracte retracter dedis* reprends retro* rompre rompons unsay backtrack* recant*",
  CONSENTED:
    "accept* signe signer autoris* coche dit consent* agreed signed ticked said authorised authorized allowed permitted oui yes accord donne given gave approuve approuvons valide validee consenti consentie accorde accordee accordes rempli remplie filled cochee tick granted grant grants permit okayed approved opted joined enrolled signait inscrit inscrits acquiesc* souscri* adhere paraphe paraphes entendu convenu consentais autorise agreeing ticking signing subscribed volunteered",
  REVERSED:
    "change changed retract* mind avis finalement maintenant desormais now anymore non no longer decoch* regrett* plus refus* stop arret* veux withdr*",
  STUDY:
    "etude* study studies programme program pilote pilot experimentation experiment* recherche research trial enquete* survey* dispositif essai panel atelier campaign campagne temoignage* testimonial* enquete barometre barometer projet project concours contest competition newsletter newsletters sondage poll cohorte cohort groupe temoin beta trials",
  LEAVE:
    "desengag* quitt* sors sortons sortir desinscri* pull* withdraw* opting leave leaving retir* arret* out participer participe stop*",

  MACHINE:
    "machine machines logiciel* ordinateur* ordi pc robot* algorithme* algo algos ia ai systeme automatique* automatis* automat* computer* software algorithm* system bot outil score scoring predict* intelligence adaptatif adaptive programme program appli app application plateforme platform moteur calculateur programm* formule formula barometre automate* code truc systemes systems ordis robots tool tools outils model modele bareme seuil threshold statistique* ml bots neural chatbot* calculatrice automates automatisme automatism autocorrect* correcteur* detecteur* detector* moulinette numerique processor informatique digital",
  HUMAN:
    "humain* personne prof profs professeur* maitre maitresse enseignant* instit* quelqu quelquun adulte human* person teacher* somebody someone people physique directrice directeur principal conseiller adulte* adult* staff member equipe pedagogique jury commission conseil educateur maman gens mains hands eyes yeux examinateur examiner correcteur inspecteur inspector proviseur headteacher head tutor tuteur responsable agent conseillere counsellor flesh chair etre enseignante enseignants personnel psychologue psychologist formateur formatrice maitres expert experte qqun educatrice mediateur",
  DECIDE:
    "decid* decision* classe classee classes classement choisi* choix orient* affect* attribu* determin* mis mise place placed put puts decides ranked rank chooses chose sorted grades grade graded assign* flag* refus* accus* convoqu* passe passage evalu* assess* verdict calcul* count counts marked note noter notee trie tri juge juger judge* select* reject* recal* redoubl* fail* groupe dit says said met prive priv* recale failed turned rejet* score notation attribution trier barre barrer exclu exclus rejete ecarte envoye range rangee grouped streamed set sets shortlisted expelled redouble bloque bloquee interdit admis admise admitted denied deny denies predict* predit recommend* recommande conclut conclu concluded tranche attribuee penalis* penaliz* sanction* suspended aiguill* repart* reparti* ecart* disqualif* disqualified eliminated recaler rattrap* allocat* allott* channel* pigeonhole* labelled labeled etiquet* diagnosti* catalogu* tranches detecte detected suspect* soupconn*",
  REVIEW:
    "regard* verifi* revoi* revoir revue revu reexamin* reexamen repren* relis* relire interven* decid* tranch* valid* control* soumettre soumett* apprecie* appreciation* examin* look looks looked check* review* overrid* decide* reconsider* reassess* contest* recours appeal* juge juger judge corrige* note avis revis* regard fresh second eye eyes mark correct reconsid* reetudi* reprendre repasse repasser recorrig* remark regrade reconsiderer revienne jete coup doeil glance deuxieme explain expliqu* justif* motiv* discuss parler dialogue recontact* voir see entende heard hear listen",

  WHO: "qui who whom whose auxquels auxquelles lequel laquelle lesquels lesquelles duquel desquels",
  WHAT: "quoi que quelle quelles quel quels what which ce",
  WHY: "pourquoi why purpose* finalite* but raison* reason* utilite justifi* motif* utile point besoin necessaire necessary need reason justify objectif objectifs objective aim rationale pertinence justification* fins cause grounds fondement motivation",
  PLACE:
    "ecole college lycee etablissement plateforme logiciel ent application appli cned universite school* schools platform system software provider app university editeur fac academie service editeurs publisher site",
  SHARE:
    "transm* vend* revend* partag* communiqu* destinataire* recipient* shar* sell selling sold sells disclos* pass passed third tiers subprocessor* subcontractor* subcontract* traitant* transfert* transfer* fourni* cede* prestataire* partenaire* partner* google amazon microsoft compan* entreprises ministere government rectorat cloud compagnies sous-traitant diffus* revendu achete buy buys bought acheteur* advertisers annonceurs publicitaire* etranger* sponsors assureur* insurers police mairie council gafam meta facebook partners associes affilie* filiale* subsidiary subsidiaries parent confi* divulgu* reveal* leak* fuite* refil* filialis* courtier* broker* annonceur* routage externalis* outsourc* firms vendors vendor firme* societes",
  OFFICER: "dpo dpd delegue officer delegate responsable charge referent contact joindre privacy",
  ABROAD:
    "etranger abroad europe union ue eu usa etats amerique america france pays countr* heberg* host* serveur* server* cloud stock* store* stored where situe located monde world irlande ireland inde india chine china irlandais americain* chinois* russie russia bresil canada quebec offshore continent frontiere* datacentre* datacenter* hebergeur*",

  MOVE: "transfer* transfert* transm* envoy* emport* recuper* partir export* suivre migr* basculer deplac* telecharg* reprendre extraction extraire send sending port mov* tak* get download* carry bring pass portabilite portability faire emmen* apport* repart* migrat* along switch* quitt* leaving import* sortir deplacer exporte exportez import importer reprise relay relayer forward forwarded hand handed rapatri* passer migrate migration transport* ship shipped emmene garder keep taken demenager transplant* reverser verser verse versez basculez reinject* reimport* recupere recuperez transite* acheminer acheminez relocat* porting ported",
  STRICT:
    "csv json xml xlsx excel tableur spreadsheet lisible* readable reutilisable* reusable reimport* import* exploitable* structure* structured interoperable* relire portabilite portability standard charger load loaded loadable ouvrir compatible* lisibles exploit* standardise ouvert txt sql docx reutilis* usable reprise reprend* ingest* interop* standards moodle pronote zip opendocument ods calc parsable parse portable serialis* normalis* universel",
  ELSEWHERE:
    "autre autres ailleurs nouveau nouvelle nouvel concurrent* concurrence cned suivant* prochain* futur* future another other elsewhere new next different competitor* etranger abroad suivante successeur successor rival rivals competitor alternative futur remplacant nouveaux nouvelles tiers remplacante succeder releve autrui nouvo",

  // What it is about besides.
  GONE: "quitte quittee quittes parti partie partis demenag* ex former left leaving moved moving retired retirement retraite diplome graduat* desabonn* resili* termine terminee ended fini finie inscrit inscrite inscrits scolarise* unenrolled enrolled longer suspendu decede* deceased died mort passed",
  SHAME:
    "honte gene genant* genee regret* embarrass* moque* moquent ashamed laugh* bully* bullied harcel* ridicul* cringe humili* expose exposee prive privee private intime intimate peur afraid scared danger* securite safety violent violence divorce* separe* separation",
  VISIBLE:
    "visible* affich* apparai* public* publi* ligne online web internet seen shown showing displayed appear* wall mur annuaire directory vitrine diffus* poste postee postees posted hang* accroch*",
  CLAIM:
    "unfair injuste juste fair triche* tricheur cheat* accus* contest* disput* desaccord disagree d'accord conteste anormal abusif absurd*",
  LAW: "rgpd gdpr cnil ico article art loi law legal* juridique reglement regulation* conformement pursuant under droit droits right rights avocat* lawyer solicitor demeure plainte complain* complaint tribunal vertu titre formel* formal* hereby soussigne* undersigned officiel* officially exerce exercer exercise saisir saisirai authority cada enfreint infraction breach violation reglementaire statutory jurisprudence huissier bailiff statute legislation decret",
  SAYS: "ecrit ecrite ecrits saisi saisie marque marquee inscrit mentionne indique indiquee lit figure written says say states stated reads shows show lists listed marked typed entered put mis affiche dit note notee enregistre enregistree appelle appelez called calls",
  GROW: "amelior* improve* produit* product* algorithm* modele* modeles model models train* entrain* ia ai test* benchmark* statisti* study etude* recherche* research commerc* pub* market* profil*",
  CLICK:
    "cliqu* clic install* connect* connexion ouvr* imprim* version navigateur log login sign click* press* open* upload* print* glisser depos* scann* synchron* sync* charg* duplicat* dupliqu* copier coller paste archiv* planif* regl* configur* parametr* option* activer activez enable setting* menu tuto tutoriel tutorial aide help",
  SCHOOL:
    "conseil rentree trimestre moyenne evaluation* qcm devoirs cahier bulletin* maths francais histoire geo anglais dictee lecture quiz trimester term homework reading spelling grade* mark marks",
  TRADE:
    "facture* devis licence* abonn* prix rembours* paye* payer paiement refund* price* quote invoice* order* subscription commercial vente contrat contract budget fournisseur* supplier rib iban virement tva vat tarif* cost cheque* remise reduction discount* plan premium renouvel* renewal* abonner forfait*",
  HIM: "lui elle eux elles him them he she they his hers il ils",
  WHEN: "jusqu avant apres depuis pendant ensuite puis tant quand until before after since while when then once meanwhile",
  LEARN:
    "savoir comprendre connaitre curieux curious know understand find wonder* learn aware decouvr* apprend* transpar* clair clarif* explain* expliqu* precis* indiqu* politique policy charte notice confidentialite privacy cgu terms conditions mentions eclair* enlighten* renseign* elucid* informer informez notifier decrire describe detailler precisez",
  ALONE:
    "seul seule seuls tout automatique* own alone solely sole uniquement only simple simplement purement",
  CHANGED:
    "avis mind finalement desormais maintenant now anymore reflexion reflechi thought thinking changed change reconsider* revenu revenons back retract* dedit ravis* plus",

  // What turns a match off.
  NOT: "pas jamais sans aucun aucune ni not never without don't doesn't didn't won't isn't aren't can't wouldn't cannot neither nor",
  NE: "ne n",
  AUX: "ai as a avons avez ont aviez avais avait avaient aurait eu avoir has had ve hasn't hadn't have",
  BUT: "mais but juste seulement only car parce because donc sauf except puis then et and or",
  THANKS: "merci thanks thank",
  // What says something by itself alone.
  PLAIN:
    "vous in du des par avec ou y be with soit suis bien by t sont sous cette page 3 chez there vers site jour any was fait format being so deux date does part re combien fois meme aux long comme soient ans si sujet every am concernant mois trouve numerique reponse deja devoir been did go nobody more famille protection plait fin suite mode mot papier trop come if just two encore aussi chaque reste up during support pere personal cas dont rendu personnelles made role quelque fins compris main sert tres etait dedans within came sent too although porte continue surtout electronique prevu artificielle cadre heure faute duree vie cle partout ordre garcon restent probleme today whether done again aucun moins entre eux alors puisque parce quoi jusqu sera seront serait ayez aviez faites reference refer tick tabs sous-traitants souhaitait envers selon criteres criteria servers serveurs lines list listes office outil service societe entreprise firm team school's website galerie gallery tribunal cour",
  KNOWN:
    "bonjour bonsoir madame monsieur mme mr mrs ms dear hello hi cordialement salutations sincerely regards yours merci rgpd gdpr cnil ico union europeenne france ue eu reglement regulation article art sir maitre objet subject janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april may june july august september october november december lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday noel christmas cm1 cm2 ce1 ce2 cp ok",
} as const;

/** As it is said and typed. What a key is written for stands as words. */
export const spoken: Readonly<Record<string, string>> = {
  jve: "je veux",
  jveu: "je veux",
  jveux: "je veux",
  jv: "je veux",
  veu: "veux",
  veus: "veux",
  jvoudrais: "je voudrais",
  jvoulais: "je voulais",
  jaimerais: "j aimerais",
  jaimerai: "j aimerais",
  jai: "j ai",
  jé: "j ai",
  jpeux: "je peux",
  jpe: "je peux",
  jpeu: "je peux",
  peu: "peux",
  peus: "peux",
  jsuis: "je suis",
  jsui: "je suis",
  ke: "que",
  k: "que",
  kon: "qu on",
  kil: "qu il",
  kelle: "qu elle",
  kan: "quand",
  qd: "quand",
  ki: "qui",
  koi: "quoi",
  pk: "pourquoi",
  pkoi: "pourquoi",
  pourkoi: "pourquoi",
  vs: "vous",
  ns: "nous",
  pr: "pour",
  se: "ce",
  cmt: "comment",
  dc: "donc",
  tt: "tout",
  tte: "toute",
  ts: "tous",
  bcp: "beaucoup",
  mé: "mais",
  merssi: "merci",
  cest: "c est",
  sest: "c est",
  ya: "il y a",
  nan: "non",
  ouai: "oui",
  plu: "plus",
  u: "you",
  ur: "your",
  r: "are",
  plz: "please",
  pls: "please",
  plss: "please",
  gimme: "give me",
  wanna: "want to",
  gonna: "going to",
  gotta: "got to",
  im: "i am",
  ive: "i have",
  id: "i would",
  cant: "can't",
  didnt: "didn't",
  doesnt: "doesn't",
  wont: "won't",
  isnt: "isn't",
  thx: "thanks",
  cuz: "because",
  bc: "because",
  abt: "about",
  ppl: "people",
  pics: "pictures",
  vids: "videos",
  acc: "account",
  jhabite: "j habite",
  lenleve: "l enleve",
  jveus: "je veux",
  detre: "d etre",
  g: "j ai",
  jenleve: "j enleve",
  jretire: "je retire",
  lordi: "l ordi",
  lappli: "l appli",
  davis: "d avis",
  perso: "personnelles",
  svt: "souvent",
};
