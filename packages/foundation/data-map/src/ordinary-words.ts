/**
 * Words that are names and ordinary words at once: alone in a text they are taken for words, so that `Le Petit Prince`
 * keeps its name although a classmate is called Petit. With a title or an initial before it (M. Petit, L. Petit), or as
 * part of a full name, such a word is a name all the same.
 */
const LIST = `
petit petite grand grande gros long court bon bonne beau belle bel joly joli doux fort vif sage franc gentil brave noble riche
blanc blanche noir noire brun brune roux rousse blond rouge vert gris bleu dore
rose marguerite violette jasmine jasmin iris lys lilas capucine fleur olive prune cerise clementine anis laurier romarin
pomme poirier pommier noyer chene frene hetre bouleau tilleul saule orme olivier prunier cerisier
roy roi reine prince princesse duc comte baron marquis chevalier page seigneur bourgeois
boulanger boucher berger bergere meunier charpentier marchand mercier tisserand couturier tailleur potier forgeron
pecheur chasseur cuisinier jardinier macon marin soldat pelletier barbier medecin pasteur abbe clerc moine 
mai avril janvier fevrier mars juin aout noel paques toussaint dimanche samedi lundi mardi mercredi jeudi vendredi
soleil lune ciel etoile aurore nuage pluie neige vent orage tempete hiver printemps ete automne
riviere fontaine moulin pont mont montagne colline vallee plaine plage rivage mer ocean lac etang marais source
bois dubois foret prairie champ champs jardin parc village bourg ville maison chateau tour rue place
loup renard cerf lion ours agneau mouton lievre lapin coq poulet canard oiseau rossignol aigle corbeau merle pinson colombe
paris lyon lille nice nantes rennes tours metz angers brest france bretagne lorraine normand picard breton allemand lombard
vidal pascal descartes hugo moliere racine corneille newton pythagore thales
loi droit juste paix amour espoir grace foi charite esperance victoire gloire fidele constant
temps jour nuit matin soir heure minute jeune vieux ancien nouveau neuf premier second dernier gauche droite
fer acier or argent cuivre pierre roche sable perle rubis diamant opale ambre
main pied coeur tete bras oeil jambe dos page livre lettre plume papier encre table chaise banc
mathematiques maths francais histoire geographie anglais espagnol allemand italien latin grec sciences physique chimie
biologie svt technologie musique dessin sport philosophie economie
white black brown green gray young king knight bishop baker smith cook carter cooper fisher hunter mason miller parker
potter taylor turner walker ward wood woods hill field fields brook rivers lake stone rock wolf fox bird rice may june april
summer winter autumn spring hope faith joy grace mark will bill frank rich long short strong wise good best day north west
east page reader bell church house hall banks bush rose lily violet daisy olive ivy ruby pearl amber price
user users student students teacher teachers pupil admin administrator administrateur guest invite manager moderator support
secretariat direction vie scolaire cdi infirmerie bibliotheque documentaliste eleve eleves enseignant enseignants professeur
professeurs prof profs parent parents tuteur tutor tester test tests demo exemple example system systeme service services site
school ecole college lycee class classe group groupe course cours nobody root webmaster contact info accueil privacy moodle
manual none null true false default email nologin name nom prenom login`;

/** Folded. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(LIST.split(/\s+/).filter((word) => word !== ""));
