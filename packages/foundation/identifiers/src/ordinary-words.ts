/**
 * Words of everyday French and English, of schools, their software and their support, folded: what is here is no name where it
 * stands alone, written large or not. Names that are ordinary words too ("Petit", "Rose") are here.
 */
const LIST = `
dob ddn tel mdp url id gps bd rue av www http https com org net fax ref num no n° cv pin sms ip vpn usb qr lms sso sis ict gcse sats ks1 ks2 ks3 send senco ofsted pgce bts dut iut but cap bep segpa upe2a rased
a ai aie ailleurs ainsi alors apres as au aucun aucune aujourd aujourdhui auquel aussi autant autre autres aux avais avait avant avec avez avoir
avons ayant beaucoup bien bientot bon bonne bonnes bons c ca car ce ceci cela celle celles celui cependant ces cet cette ceux chacun chaque chez ci
combien comme comment contre d da dans de debut dedans dehors deja depuis derniere derniers des desole desolee dessous dessus devant dire dit
doit doivent donc dont du durant elle elles en encore enfin ensuite entre es est et etaient etait etant ete etes etre eu eux fait faire faites faut
fois font grace hier hors hui ici il ils j je jamais jusqu jusque juste l la laquelle le lequel les lesquels leur leurs lors lorsque lui m ma
maintenant mais malgre me meme memes merci mes mieux moi moins mon n ne ni non nos notre notres nous nouveau nouveaux nouvelle nouvelles on ont or ou
par parce parfois parmi partout pas pendant peu peut peuvent peux plus plusieurs plutot pour pourquoi pourrait pourriez pourrais pouvez pouvons presque
puis puisque qu quand quant quel quelle quelles quelque quelques quels qui quoi quoique rien s sa sans sauf se selon sera serait ses si sien sinon soi
soit sommes son sont sous souvent suis sur surtout t ta tant te tel telle tels tes toi ton toujours tous tout toute toutefois toutes tres trop tu un une
va vais vas vers veut veux via voici voila voir vont vos votre votres voulez vous vrai vraiment vu y
the of and to in is it that for on are was with be this have from or had by not but what all were when we there can an your which their if will
each about how up out them then she he many some so these would other into has more her him his two like could do does did my me our us no yes than first been
its who now may down should because any after over new just only know take get make good where much before through too very still own same another
why here again off please thank thanks hello hi hey dear regards sincerely best kind kindly cheers sorry ok okay i am im ive ill dont didnt cant isnt
wont doesnt whats thats lets let well also as at says said say see seen want need needs help use used using such both between under while during without
within against until upon since every either neither nor though although however maybe perhaps something anything nothing someone anyone nobody everybody
today tomorrow yesterday week month year day days hours morning evening night time last next
bonjour bonsoir salut coucou cordialement salutations respectueusement sincerement amicalement bisous bises cdt cdlt slt bjr bsr stp svp attentivement distinguees
sentiments expression agreer veuillez recevez avance bravo felicitations attention rappel objet sujet re tr fwd fw ps nb pj cc cci envoye recu
madame monsieur mademoiselle mesdames messieurs mme mlle mr mrs ms miss dr pr prof sir madam maitre maitresse
lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
printemps ete automne hiver spring summer autumn winter noel paques toussaint ascension pentecote ramadan aid hanouka halloween rentree vacances christmas easter
zero deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent mille million
one three four five seven eight nine ten eleven twelve thirteen fifteen twenty thirty hundred thousand premier premiere second seconde troisieme quatrieme
cinquieme sixieme terminale terminales cp ce1 ce2 cm1 cm2 maternelle elementaire primaire secondaire superieur
ecole ecoles college colleges lycee lycees universite academie rectorat etablissement etablissements institut institution groupe scolaire inspection ministere mairie commune
commission conseil classe classes cours course courses lecon lecons exercice exercices devoir devoirs controle controles dictee note notes bulletin bulletins
moyenne appreciation competence competences evaluation evaluations examen examens brevet bac baccalaureat diplome epreuve epreuves sujet correction corrige
eleve eleves enfant enfants fils fille filles garcon garcons parent parents pere mere maman papa frere soeur famille familles tuteur tutrice tuteurs
enseignant enseignante enseignants professeur professeure professeurs profs directeur directrice direction principal principale proviseur proviseure chef adjoint adjointe
secretaire secretariat administration administrateur administratrice gestionnaire referent referente responsable delegue deleguee surveillant surveillante vie scolaire cpe
infirmier infirmiere infirmerie intendance cantine periscolaire bibliotheque cdi gymnase preau cour salle salles bureau accueil service services equipe equipes
school schools high middle pupil pupils student students teacher teachers child children son daughter sons daughters parent mother father mum mom dad brother sister
headteacher headmaster principal class lesson lessons homework test tests exam exams grade grades mark marks report reports term year form room office staff team
compte comptes acces identifiant identifiants mot passe connexion deconnexion connecter connecte connectee session page pages lien liens site sites adresse email mail mails courriel
message messages messagerie texte fichier fichiers document documents dossier dossiers photo photos image images video videos audio piece pieces jointe jointes
bouton menu onglet ecran ecrans clavier souris ordinateur tablette telephone portable application applications appli logiciel logiciels plateforme plate-forme version versions
mise jour probleme problemes erreur erreurs bug bugs panne question questions reponse reponses demande demandes ticket tickets support aide assistance service contact contacts
donnee donnees personnelle personnelles protection reglement general generale droit droits acces rectification effacement suppression opposition limitation portabilite consentement
retrait information informations rgpd gdpr cnil dpo dpd article articles loi clause contrat convention accord annexe traitement traitements responsable sous-traitant finalite
account accounts access login password user users username link links website web address message text file files document folder picture image button tab screen keyboard
computer tablet phone app apps software platform version update updates problem problems issue issues error errors bug crash question answer request requests ticket support help
data personal protection regulation right rights rectification erasure deletion objection restriction portability consent withdrawal information article law contract agreement annex
moodle pronote ecoledirecte ent gar educonnect google microsoft teams classroom drive word excel powerpoint office outlook gmail yahoo hotmail orange free sfr bouygues apple
iphone ipad android windows mac macos linux ubuntu firefox chrome safari edge opera internet wifi whatsapp instagram tiktok snapchat facebook twitter youtube discord zoom skype
canva kahoot genially padlet wikipedia scratch python java javascript html css pix parcoursup onde siecle lsu vie adobe acrobat pdf libreoffice openoffice geogebra zotero
france francais francaise francaises anglais anglaise anglaises allemand allemande espagnol espagnole italien italienne portugais portugaise arabe chinois chinoise russe latin latine grec grecque
europe europeen europeenne european afrique africain amerique americain americaine asie belgique belge suisse maroc marocain algerie algerien tunisie tunisien senegal canada espagne
allemagne italie angleterre royaume-uni uni unis etats-unis etats union nations french english german spanish italian british american england britain london germany spain italy
paris lyon marseille toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims grenoble dijon angers nimes toulon brest tours limoges amiens metz besancon orleans
rouen mulhouse caen nancy versailles creteil montreuil poitiers avignon pau calais cannes antibes rome londres berlin madrid bruxelles geneve new york tokyo nord sud est ouest
ile-de-france bretagne normandie alsace lorraine corse provence occitanie aquitaine auvergne bourgogne picardie savoie guadeloupe martinique guyane reunion mayotte
mathematiques maths math francais histoire geographie geo emc svt physique chimie technologie sciences science philosophie philo musique arts plastiques sport eps lettres langue langues
lv1 lv2 option options specialite latin grec theatre cinema informatique numerique nsi snt ses economie economiques sociales litterature biology chemistry physics history geography maths
mathematics art arts music drama computing introduction chapitre chapitres sequence module modules unite partie parties section theme titre projet projets activite activites quiz forum
atelier groupes calendrier agenda planning emploi temps horaire horaires heure heures minute minutes seconde jour jours semaine semaines mois annee annees date dates trimestre semestre
reunion reunions rendez-vous sortie sorties voyage stage stages chapter unit part title project projects activity activities workshop group groups calendar schedule meeting trip
monde guerre guerres revolution republique roi reine rois prince princesse empereur president ministre pape saint sainte moyen age antiquite renaissance siecle siecles empire
world war revolution republic king queen prince princess emperor president minister pope century saint
petit petite petits petites grand grande grands grandes gros grosse long longue court courte beau belle bel joli jolie doux douce fort forte faible vif vive sage franc gentil gentille
brave noble riche pauvre jeune jeunes vieux vieille ancien ancienne blanc blanche blancs noir noire noirs brun brune roux rousse blond blonde rouge vert verte gris grise bleu bleue jaune violet
rose roses marguerite violette jasmin iris lys lilas capucine fleur fleurs olive prune cerise clementine anis laurier romarin pomme poire poirier pommier noyer chene frene hetre bouleau
tilleul saule orme olivier prunier cerisier arbre arbres feuille feuilles animal animaux chien chat cheval oiseau poisson souris lapin loup renard cerf lion ours agneau mouton coq poulet
canard aigle corbeau merle pinson colombe tigre elephant roy duc comte baron marquis chevalier seigneur bourgeois boulanger boucher berger bergere meunier charpentier
marchand mercier couturier tailleur potier pecheur chasseur cuisinier jardinier macon marin soldat medecin pasteur abbe clerc moine soleil lune ciel etoile etoiles terre mer ocean
aurore nuage pluie neige vent orage tempete riviere fontaine moulin pont mont montagne colline vallee plaine plage rivage lac etang marais source bois foret prairie champ champs
jardin parc village bourg ville villes maison maisons chateau tour rue avenue boulevard place chemin impasse route quartier cite residence batiment appartement etage
loup temps matin soir midi nuit apres-midi week-end gauche droite fer acier argent cuivre pierre pierres roche sable perle rubis diamant opale ambre main mains pied pieds coeur tete
bras oeil yeux jambe dos livre livres lettre lettres plume papier encre table tables chaise banc voiture bus train velo avion bateau jeu jeux ballon foot football
white black brown green gray grey blue red young old big small little long short good bad best great nice right left top bottom end start beginning bishop baker smith cook carter
cooper fisher mason miller parker potter taylor turner walker ward wood woods hill field fields brook rivers lake stone rock wolf fox bird rice hope faith joy grace mark
bill frank rich strong wise north south east west reader bell church house hall banks bush lily daisy ivy ruby pearl amber price bread water food tree trees dog cat horse
aime aimer aller appeler appele apprendre arriver arrive attendre avoir bloque bloquee bouge casse cherche chercher changer change clique cliquer comprendre comprends confirmer
consulter consulte connait contacter continuer corriger creer cree croire croit crois demander demande desactiver devoir devrait devrais donner donne ecrire ecrit ecoute effacer enlever
entendre entrer envoyer envoie espere essaye essayer essaie exporter faire fermer fini finir fonctionne fonctionner fonctionnent garder importer informer inscrire inscrit inscrite
installer joindre jouer lire lit manger marche marcher mettre met modifier monter montrer montre ouvrir ouvre parler parle partir passer passe perdre perdu perdue permettre penser pense
prefere prendre prend prier prie publier pouvoir recevoir regarder rejoindre remercie remercier remplacer remplir rendre rendu reste rester retirer retrouver reussir revenir sait savoir
sais signaler sortir souhaite souhaiter souhaitons supprimer supprime supprimez tape taper telecharger tenir tient tourne travail travailler travaille trouver trouve utiliser utilise valider
venir viens vient verifier verifie vivre voudrais voudrait voulais vouloir absence absences absent absente retard retards malade present presente presents
nom noms prenom prenoms naissance sexe age nationalite numero code postal ville pays profil photo signature signe cordiales note bas
add added ask asked be became become begin bring build buy call called came change check click come connect create delete deleted display done download edit enter
export fail failed fill find finish fix follow found gave give given go going gone got happen happened happens import inform install keep kept left list listen load log logged look
looking lost made manage meet missing move open opened play press provide put read receive received register remove removed reply reset run save saw search select send sent set share show
shown sign speak start started stop stopped submit switch talk tell think thought told took try tried turn type understand unable view wait work working works write written wrong
able available back bit both case certain clear close correct current different difficult early easy empty enough fact false full hard important late later less line local low main
name names near number numbers once online open order people person place point possible private problem public quick ready real reason recent safe second several side similar simple since
sort sure thing things together true usual way ways whole word words birth born gender nationality code city country profile
accord actuellement afin aide ainsi aimerais aimerait alerte aller annonce annuler apparait apparemment appel application arriere assez avis barre base besoin besoins bref cadre cas cause
centre certain certaine certains chose choses clair claire classement cle coin colonne commande commentaire commentaires complet complete concernant concerne conditions confiance confidentialite
configuration copie cote cotes couleur courant courrier cas debute decision defaut delai depart dernier desormais detail details difficile difficulte difficultes disponible disponibles domaine
effet egalement element elements ensemble entier envoi envie erronee espace essai etat etape etapes exact exactement exemple explication facile facon fin fonction fond forme formulaire format
gens genre haut hebergement historique idee impossible impression inscription inscriptions inconnu installation interet invalide inverse libre lieu ligne lignes liste listes loin longtemps
lecture manière maniere manque marche mauvais mauvaise mauvaises meilleur meilleure membre membres mode modele moment motif moyen necessaire niveau niveaux nombre nombreux normal normale normalement notification
notifications nul objectif occasion ordre original outil outils paiement parfait parfaite parametre parametres parole particulier partage passage pause permission personne personnel personnels
petit peur plaisir plan plein plupart poids point points politique possible possibilite poste pratique precedent precedente precis present principe prix procedure prochain prochaine produit
programme propos propre propos publication quotidien raison rapide rapidement rapport recherche recours rectifier regle regles relation rentree reseau ressource ressources resultat resultats retour role
sauvegarde securite sens seul seule seulement serveur signalement simple situation solution solutions sorte statut style suite suivant suivante suivants suivi superieure sur systeme tache
taches tard tarif technique test tests tiers total toutes trace type types urgent urgente urgence utile utilisateur utilisateurs utilisation vide vitesse voie voix vue
anniversaire arrêt arret licence certification mention federation association comite ligue club scout bourse stagiaire formation formations formateur formatrice orientation documentation manuel
analyse calcul geometrie algebre fraction fractions equation grammaire conjugaison orthographe vocabulaire poesie poeme roman romans conte contes fable fables biographie autobiographie
assassin boite bonhomme carte cartes dessin tableau musee festival fete fetes journee nationale national internationale international internationaux mondial mondiale centrale regional departement departemental
`;

export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  LIST.normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Of a word in any case, in plain letters. */
export function isOrdinaryWord(word: string): boolean {
  return ORDINARY_WORDS.has(word.toLowerCase());
}
