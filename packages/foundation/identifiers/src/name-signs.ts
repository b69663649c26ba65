/** Words that tell that a name follows, that one does not, or that one goes on. Folded. */

const set = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

export const CIVILITIES = set(
  "m mr mme mlle mlles mmes mm monsieur madame mademoiselle mrs ms miss dr docteur pr prof professeur maitre me sir madam mister missis doctor professor",
);
/** What stands after a civility and is no name. */
export const AFTER_CIVILITY = set(
  `le la les l je vous nous il elle on et ou suite merci pour bonjour bonsoir madame monsieur mesdames messieurs directrice directeur principal principale proviseur proviseure
   president presidente ministre inspecteur inspectrice recteur rectrice maire professeur prof responsable delegue deleguee dpo the i we you please thank dear support`,
);
/** Persons: a name with a capital follows. */
export const PERSONS = set(
  `fils fille filles enfant enfants eleve eleves frere freres soeur soeurs petit petite camarade camarades copain copine copains copines ami amie amis amies neveu niece cousin cousine
   cousins papa maman pere mere papy mamie tuteur tutrice jumeau jumelle jumeaux jumelles garcon fillette ado adolescent adolescente collegien collegienne lyceen lyceenne ecolier ecoliere
   maitresse instit prof professeur professeure enseignant enseignante directeur directrice principal principale proviseur cpe infirmiere infirmier aesh avs
   son daughter sons daughters child children pupil pupils student students brother sister nephew niece cousin mum mom dad father mother friend friends classmate teacher boy girl headteacher
   petit-fils petite-fille epoux epouse mari femme compagnon conjoint grandson granddaughter twins twin famille familles family colocataire voisin voisine nounou binome delegue deleguee`,
);
/** A name follows, also in small letters. */
export const NAMED = set(
  "prenomme prenommee nomme nommee denomme denommee surnomme surnommee named nicknamed signe signee signed",
);
/** Between a person and the name. */
export const BETWEEN_PERSON_AND_NAME = set(
  "de d du est c is of appele appelee prenomme prenommee nomme nommee named called s appelle aine ainee cadet cadette et and",
);
export const PARTICLES = set(
  "de du des d la le les van von der den el al ben bin bint da do dos das di della del ould st saint sainte o mac mc abd ait ibn y e",
);
/** A name of a place or a house follows. */
export const PLACES_BEFORE = set(
  `ecole ecoles college colleges lycee lycees etablissement rue rues avenue av boulevard bd place square allee impasse chemin quai stade gymnase salle piscine mediatheque bibliotheque
   hopital clinique universite fondation prix station gare aeroport institut groupe maternelle primaire elementaire pont musee theatre centre residence quartier cite fac faculte
   iut cfa internat academie parc jardin metro arret port fort campus amphi amphitheatre batiment mission resto espace collegial bourse saint sainte st ste notre-dame`,
);
/** What may stand between such a house and its name. */
export const PLACE_LINKS = set(
  "de du des d la le les l prive privee public publique notre dame general polyvalent professionnel municipal municipale scolaire superieur jean-x",
);
export const PLACES_AFTER = set(
  "school college high academy primary street road avenue university hospital library stadium hall infant junior secondary grammar nursery elementary prize award theorem",
);
export const DETERMINERS = set(
  "le la les l un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses leur leurs notre nos votre vos the an this that my your his her our their in",
);
/** What a person does or is, right after a name that opens a sentence. */
export const VERBS = set(
  `est etait sera a avait aura n ne va vient peut doit veut sait souffre pleure refuse habite vit apprend mange dort joue dit arrive s se m me ment travaille comprend oublie perd rentre part
   is was has had will can cannot wants lives suffers cries says doesn didn isn hasn won needs goes came said does did`,
);
/** What is said of a person, after "est", "a", "is", "has". */
export const PREDICATES = set(
  `absent absente malade ne nee inscrit inscrite triste parti partie venu venue arrive arrivee puni punie exclu exclue scolarise scolarisee eleve suivi suivie allergique autiste timide harcele harcelee
   content contente nouveau nouvelle oublie perdu frappe pleure insulte quitte besoin mal peur dit eu redouble tombe tombee blesse blessee hospitalise hospitalisee fatigue fatiguee
   ill sick born away upset unable lost forgotten left told bullied hurt crying late excluded dyslexic autistic`,
);
/** What belongs to a person, before "de": "le compte de Kélyah". */
export const BELONGINGS = set(
  `compte passe bulletin note notes moyenne dossier absence absences carnet copie copies devoir devoirs casier parent parents mere pere photo photos profil identifiant identifiants cartable cas situation
   comportement sante nom prenom naissance adresse numero telephone place travail cahier livret resultats scolarite inscription retard retards messages message mail accompagnement maman papa soeur frere
   account password grades marks report name behalf place work homework absence photo profile`,
);
export const GREETINGS = set(
  "bonjour bonsoir salut coucou hello hi hey dear cher chere chers cheres merci thanks slt bjr coucou",
);
/** Towns and lands that are given names too. */
export const PLACE_NAMES = set(
  "paris florence france india israel austin brooklyn milan sofia valence vienne lorraine jordan oman nancy medina wallis odessa london chad adelaide georgia virginia carolina savannah florin marne guy nice alger asia sierra rome eden sydney",
);
export const MONTHS = set(
  "mai may june april avril mars august juin octobre janvier noel paques toussaint summer winter autumn sunday",
);
export const CLOSINGS =
  /(?<![A-Za-z])(?:cordialement|bien cordialement|cdlt|cdt|salutations|respectueusement|sincerement|amicalement|bien a vous|bonne (?:journee|soiree|reception|continuation|fin de journee)|merci(?: (?:d'avance|beaucoup|bien|par avance|pour tout|encore|infiniment))?|bises|bisous|a bientot|distingues|distinguees|respectueux|regards|kind regards|best regards|best wishes|best|sincerely|yours|faithfully|truly|thanks|thank you|many thanks|cheers|signe|signed)(?![A-Za-z])/gi;

/** Persons of history and of books, folded, without spaces. */
const FAMOUS = set(
  `victorhugo julesferry julesverne jeanmoulin jeanjaures charlesdegaulle albertcamus mariecurie pierrecurie emilezola louispasteur annefrank jeanracine pierrecorneille jeandelafontaine
   antoinedesaintexupery guydemaupassant charlesbaudelaire arthurrimbaud paulverlaine paulvalery jacquesprevert gustaveflaubert georgesand honoredebalzac alexandredumas marcelpagnol marcelproust
   simonedebeauvoir simoneveil rosaparks martinlutherking nelsonmandela alberteinstein isaacnewton charlesdarwin renedescartes blaisepascal jeanjacquesrousseau napoleonbonaparte julescesar
   romeoetjuliette romeoandjuliet tomsawyer harrypotter oliverswist olivertwist petitnicolas petitprince robindesbois robinhood aliceaupays alicein cyranodebergerac gastonlagaffe martinemange
   williamshakespeare charlesdickens georgeorwell agathachristie robinsoncrusoe davidcopperfield johnsteinbeck leonarddevinci pablopicasso vincentvangogh claudemonet augusterenoir paulcezanne
   wolfgangamadeusmozart jeansebastienbach fredericchopin maurisravel mauriceravel emmanuelmacron jacqueschirac francoismitterrand francoishollande nicolassarkozy jeancocteau jeanpaulsartre
   georgesbrassens jacquesbrel edithpiaf louisbraille adalovelace alanturing marieantoinette jeannedarc saintexupery andrebreton paulelluard pauleluard louisaragon francoisrabelais
   michelemontaigne micheldemontaigne georgesclemenceau leonblum jeanzay edmondrostand rolanddorgeles rolandgarros pierredecoubertin antoinelavoisier blaisecendrars guillaumeapollinaire
   abrahamlincoln georgewashington johnkennedy winstonchurchill adolfhitler josephstaline karlmarx thomasedison galileogalilei marcopolo christophecolomb vascodegama ferdinandmagellan
   clementader clementmarot pierrederonsard tristanetiseut tristanetyseult paulethvirginie dondiego carmenbizet evaperon theodoremonod lucieaubrac missakmanouchian guymoquet charlesperrault
   fridakahlo galileegalileo annesylvestre simonbolivar mahatmagandhi abrahamlincoln jeannicolasstohrer pierrebonnard paulgauguin edgardegas henrimatisse salvadordali joanmiro marcchagall augusterodin camilleclaudel
   berthemorisot edouardmanet gustaveeiffel gustavecourbet jeansimeonchardin eugenedelacroix antoinewatteau ludwigvanbeethoven clauderdebussy claudedebussy georgesbizet josephhaydn antoniovivaldi elvispresley michaeljackson
   johnlennon bobmarley bobdylan louisarmstrong mileshdavis charliechaplin walterdisney waltdisney stevejobs billgates elonmusk marckzuckerberg markzuckerberg barackobama donaldtrump joebiden angelamerkel vladimirpoutine
   kylianmbappe zinedinezidane lionelmessi cristianoronaldo antoinedupont teddyriner tonyparker rafaelnadal rogerfederer usainbolt neilarmstrong thomaspesquet youriboris yourigagarine janeausten emilybronte charlottebronte
   maryshelley oscarwilde lewiscarroll robertlouisstevenson marktwain ernesthemingway jacklondon virginiawoolf arthurconandoyle sherlockholmes hermionegranger arsenelupin rogerrabbit jeanvaljean emmabovary
   juliensorel georgesduroy thereseraquin annakarenine dongjuan domjuan mollflanders peterpan mickeymouse luckyluke jamesbond indianajones hanssolo lukeskywalker anakinskywalker mariobros 
   adamsmith johnlocke johnkeynes emmanuelkant friedrichnietzsche sigmundfreud jeanpiaget mariamontessori celestinfreinet hannaharendt simoneweil jeanbodin thomashobbes davidhume georgeberkeley augustecomte emiledurkheim maxweber
   pierrebourdieu claudelevistrauss gregormendel alexanderfleming robertkoch niccolomachiavel nicolascopernic johanneskepler tychobrahe lisemeitner rosalindfranklin francisbacon jeanmonnet robertschuman pierremendes mendesfrance
   leongambetta adolphethiers maximilienrobespierre georgesdanton jeanpaulmarat olympedegouges louisedemarillac louisemichel florareora jeannebaret annedebretagne catherinedemedicis mariestuart elizabethtaylor
   henrydavidthoreau williamblake robertburns dylanthomas tonimorrison mayaangelou malalayousafzai gretathunberg rosaluxemburg hugocabret tobielolness percyjackson percejack gregheffley katnisseverdeen bilbosacquet bilbobaggins
   matildaworm roalddahl enidblyton jkrowling alicemunro davidwalliams anthonybrowne claudeponti tomiungerer mauricesendak jeandetoulouse saintlouis saintmartin jeanpaulii papefrancois`,
);
export function isFamous(squeezed: string): boolean {
  return FAMOUS.has(squeezed);
}
