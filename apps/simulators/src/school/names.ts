/** Names and sentences that the seed puts together. The family names are invented or put together by chance: nobody real. */

export const firstNames =
  `Alix Noé Inès Gaël Maïa Côme Élise Zoé Loïc Anaïs Théo Héloïse Maëlys Léonie Eliott Aïssatou Mamadou Sékou Fatoumata
  Youssef Amine Leïla Nawel Ilyès Yanis Rayan Sofiane Kenza Aya Imrân Thảo Linh Minh-Anh Mei-Lin Haruki Anoushka Arjun
  Ömer Elif Şirin Żaneta Łucja Iñaki Begoña João Inês Siobhán Màiri Maëlle-Rose Jean-Éloi Marie-Lou Anne-Sixtine
  Pierre-Élie Lou-Ann Paul-Émile N'Golo Ké'ala Mahé Tihya Koulm Enora Gwenn Ewen Yuna Maodez Azenor Odilon Augustin
  Ambre Célestin Capucine Isaure Octave Philomène Sélène Thaïs Ulysse Violette Wandrille Xavière Yvon Zélie Lætitia
  Cléo Nour Sacha Eden Swann Charlie`.split(/\s+/);

export const lastNames =
  `Bréval Dauniou d'Arsac L'Hévéder Morvénec Quéran Sablonel Tréguen Vauxière Abergault Béchamin Cormelet Diallovic
  Émerandy Fauchebois Gaillemont Houarnec Iturbéry Jacquemoz Kerlivoas Lœwenstroh Mérigaud N'Diambour Ouldamrane
  Pélissandre Quintareau Roquevaire Saint-Orle Tanguillec Urvoaz Vandersteele Weissgérber Xambourg Yldirane Zenouari
  Aït-Mezdar Ben-Soulara Bui-Thanhé Çelikanlı Da-Silveiro D'Angelmont De-La-Brosselle El-Khazroun Fernândez-Ruel
  Gonçalvinho Haï-Dương Ibáñez-Clos Jørgenfeld Kowalczelka Le-Guennadec Müllerbach Núñez-Tarrot Ó-Briannac Petrovičan
  Rakotondraza Sümbülteke Traorélé Van-den-Hauwe Wójcikel Zubizarena`.split(/\s+/);

export const pupilSkills = [
  "Reconnaître les lettres",
  "Tracer une boucle",
  "Compter jusqu'à trente",
  "Lire une syllabe",
] as const;

export const childSkills = [
  "Mobiliser le langage",
  "Agir avec son corps",
  "Découvrir les nombres",
  "Vivre ensemble",
  "Explorer le monde",
] as const;

/** `%` is the child's first name. */
export const observations = [
  "% raconte l'histoire du loup à toute la classe, avec ses mots.",
  "% compte six perles sans se tromper et le dit tout haut.",
  "% attend son tour au toboggan et console un camarade.",
  "% tient le crayon à trois doigts et trace une vague.",
  "% range les images du matin au soir, puis explique pourquoi.",
  "% saute à pieds joints par-dessus la corde.",
  "% reconnaît son prénom parmi douze étiquettes.",
  "% mélange le bleu et le jaune et annonce du vert.",
] as const;

export const dictations = [
  "Le chat dort sur le mur.",
  "La lune brille, la mare aussi.",
  "Papi a semé des pois au potager.",
  "Une tortue traverse le préau sous la pluie.",
] as const;

/** How addresses of parents begin that hold no name. */
export const addressBeginnings = [
  "maison",
  "les.tilleuls",
  "famille",
  "chez.nous",
  "parent",
  "bonjour",
] as const;
