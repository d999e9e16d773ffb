import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A synchronous grammar of German and English: each constituent is built in both languages at once, so every pair of
/// sentences comes with its gold word alignment and with the names of the phenomena in it. It writes the quickstart
/// corpus beside itself, always the same bytes.
///
/// ```
/// java Grammar.java                    writes train.de, train.en, valid.*, test.*, test.align and test.phenomena here
/// java Grammar.java --lengths 60 DIR   writes lengths.de, .en, .align: 100 pairs of 1-5, 6-10, ... 56-60 German words
/// java Grammar.java --word-for-word    prints test.de with each word replaced by its most frequent gold link in train
/// java Grammar.java --check            fails unless the files here are what it would write
/// ```
///
/// Text is tokenised: words and punctuation stand apart. The English is a function of the German: one translation is
/// right, and all that it depends on stands in the sentence, though seldom in the same place:
///
/// - verb second with inversion, verb at the end, separable verbs, the participle's bracket, objects before their
///   subject;
/// - case, gender and number in articles, adjective endings and pronouns; `sie` is she or they as the verb says, `ihr`
///   her or their;
/// - `in den Garten` goes into the garden, `im Garten` stays in it; `muss nicht` does not have to, `darf nicht` must
///   not;
/// - the perfect is past as soon as a day is named, the present future before `morgen`, progressive with `gerade`, a
///   liking with `gern`;
/// - `nicht` and `kein` with do-support; questions; passives; compounds; numbers and dates; clauses in clauses of any
///   depth;
/// - words of two meanings, decided by what is done with them (who eats a Birne eats a pear, who replaces it has no
///   light);
/// - names, made of syllables: a fifth of all possible names is kept for the held-out sets and never seen in training.
///
/// The file reads top down: corpus, lexicon, words and links, noun phrases, verbs, clauses and their orders, and the
/// generator's choices.
final class Grammar {
    static final int TRAIN = 20_000, HELD_OUT = 1_000, PER_LENGTH = 100, LONGEST = 60;

    static void main(String[] arguments) throws IOException {
        var here = Path.of(System.getProperty("jdk.launcher.sourcefile", "Grammar.java")).toAbsolutePath().getParent();
        switch (arguments.length == 0 ? "" : arguments[0] + (arguments.length == 3 ? " N DIR" : "")) {
            case "" -> write(here, corpus());
            case "--check" -> check(here, corpus());
            case "--word-for-word" -> Corpus.draw().wordForWord().forEach(IO::println);
            case "--lengths N DIR" -> write(Path.of(arguments[2]), byLength(Integer.parseInt(arguments[1])));
            default -> throw new IllegalArgumentException(
                    "one of --check, --word-for-word, --lengths N DIR, or nothing");
        }
    }

    private static Map<String, List<String>> corpus() {
        var corpus = Corpus.draw();
        var files = new TreeMap<String, List<String>>();
        corpus.train().files("train", files);
        corpus.valid().files("valid", files);
        corpus.test().files("test", files);
        files.keySet().removeAll(List.of("train.align", "train.phenomena", "valid.align", "valid.phenomena"));
        return files;
    }

    private static Map<String, List<String>> byLength(int longest) {
        var drawn = new Draw(3, Names.HELD_OUT).without(Corpus.draw().train());
        for (int to = 5; to <= longest; to += 5)
            drawn.add(PER_LENGTH, to - 4, to);
        var files = new TreeMap<String, List<String>>();
        drawn.sentences().files("lengths", files);
        return files;
    }

    private static void write(Path folder, Map<String, List<String>> files) throws IOException {
        Files.createDirectories(folder);
        for (var file : files.entrySet())
            Files.write(folder.resolve(file.getKey()), bytes(file.getValue()));
    }

    private static void check(Path folder, Map<String, List<String>> files) throws IOException {
        for (var file : files.entrySet())
            if (!Arrays.equals(Files.readAllBytes(folder.resolve(file.getKey())), bytes(file.getValue())))
                throw new IllegalStateException(file.getKey() + " is not what the grammar writes");
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}

// ---------------------------------------------------------------------------------------------------------- the corpus

/// The three sets: no source sentence stands twice in one or in two of them.
record Corpus(Sentences train, Sentences valid, Sentences test) {
    /// Take a new one whenever a score or an error on the test set has changed the grammar or a setting. (4 draws a number
    /// that training does not have.)
    private static final long TEST_SEED = 5;

    static Corpus draw() {
        var known = new Draw(1, Names.TRAINING);
        known.add(Grammar.TRAIN, 1, Grammar.LONGEST);
        var train = known.sentences();
        var valid = heldOut(2, train);
        return new Corpus(train, valid, heldOut(TEST_SEED, train, valid));
    }

    private static Sentences heldOut(long seed, Sentences... others) {
        var draw = new Draw(seed, Names.HELD_OUT);
        for (var known : others)
            draw.without(known);
        draw.add(Grammar.HELD_OUT, 1, Grammar.LONGEST);
        return draw.sentences();
    }

    /// What a dictionary without grammar makes of the test set; a word that training does not have is copied.
    List<String> wordForWord() {
        var counts = new HashMap<String, Map<String, Integer>>();
        for (var sentence : train.all())
            for (var link : sentence.links())
                counts.computeIfAbsent(sentence.text().german().get(link.german()).text(), _ -> new TreeMap<>())
                        .merge(sentence.text().english().get(link.english()).text(), 1, Integer::sum);
        var dictionary = new HashMap<String, String>();
        counts.forEach((word, links) -> dictionary.put(word,
                Collections.max(links.entrySet(), Map.Entry.comparingByValue()).getKey()));
        return test.all().stream().map(sentence -> sentence.text().german().stream()
                .map(word -> dictionary.getOrDefault(word.text(), word.text()))
                .collect(Collectors.joining(" "))).toList();
    }
}

record Sentences(List<Sentence> all) {
    void files(String name, Map<String, List<String>> files) {
        files.put(name + ".de", all.stream().map(sentence -> Phrase.join(sentence.text().german())).toList());
        files.put(name + ".en", all.stream().map(sentence -> Phrase.join(sentence.text().english())).toList());
        files.put(name + ".align", all.stream().map(sentence -> sentence.links().stream()
                .map(link -> link.german() + "-" + link.english()).collect(Collectors.joining(" "))).toList());
        files.put(name + ".phenomena", all.stream().map(sentence -> sentence.phenomena().stream()
                .map(Phenomenon::toString).collect(Collectors.joining(" "))).toList());
    }
}

/// Draws sentences, each source once, and sees to it that one German sentence has one English translation.
final class Draw {
    private final Generator generator;
    private final Dice dice;
    private final Map<String, String> translations = new HashMap<>();
    private final List<Sentence> sentences = new ArrayList<>();

    Draw(long seed, Names names) {
        dice = new Dice(seed);
        generator = new Generator(dice, names);
    }

    Draw without(Sentences others) {
        others.all().forEach(sentence -> isNew(sentence));
        return this;
    }

    void add(int count, int shortest, int longest) {
        for (int wanted = sentences.size() + count; sentences.size() < wanted; ) {
            var sentence = generator.sentence(room(shortest));
            int length = sentence.text().german().size();
            if (length >= shortest && length <= longest && isNew(sentence))
                sentences.add(sentence);
        }
    }

    /// How many clauses may be added to the first: mostly few, for a long sentence as many as it needs.
    private int room(int shortest) {
        int room = 0;
        while (room < 8 && dice.chance(68))
            room++;
        return Math.max(room, shortest / 8);
    }

    private boolean isNew(Sentence sentence) {
        var german = Phrase.join(sentence.text().german());
        var english = Phrase.join(sentence.text().english());
        var before = translations.putIfAbsent(german, english);
        if (before != null && !before.equals(english))
            throw new IllegalStateException(german + ": " + before + " / " + english);
        return before == null;
    }

    Sentences sentences() {
        return new Sentences(List.copyOf(sentences));
    }
}

/// What a sentence can show; the names in `test.phenomena`.
enum Phenomenon {
    ADJECTIVE, COMPARATIVE, COMPOUND, COORDINATION, DATE, DATIVE, FRONTED_OBJECT, FUTURE, HOMONYM, IDIOM, INFINITIVE,
    INVERSION, LIKING, LONG, MODAL, NAME, NEGATION, NESTED, NUMBER, PASSIVE, PERFECT, POSSESSIVE, PROGRESSIVE, QUESTION,
    REFLEXIVE, RELATIVE, SEPARABLE, SUBORDINATE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine and in every version of Java.
final class Dice {
    private long state;

    Dice(long seed) {
        state = seed;
    }

    int below(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    <T> T one(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}

// --------------------------------------------------------------------------------------------------------- the lexicon

/// Nouns are written `article singular plural : english`, `Junge/Jungen` is singular/singular outside the nominative,
/// `-` no plural; verbs `infinitive [third person, preterite, participle] : english`, with `prefix|verb` separable,
/// `+participle` a perfect with sein and `english/past/participle` irregular. What is not written is regular. `*` marks
/// a word of two meanings.
final class Lexicon {
    static final List<Noun> PEOPLE = nouns("""
            der Mann Männer : man/men, die Frau Frauen : woman/women, das Kind Kinder : child/children,
            der Lehrer Lehrer : teacher, die Lehrerin Lehrerinnen : teacher, der Arzt Ärzte : doctor,
            die Ärztin Ärztinnen : doctor, der Junge/Jungen Jungen : boy, das Mädchen Mädchen : girl,
            der Student/Studenten Studenten : student, die Tante Tanten : aunt, der Onkel Onkel : uncle,
            der Nachbar/Nachbarn Nachbarn : neighbour, die Schwester Schwestern : sister,
            der Bruder Brüder : brother, der Freund Freunde : friend, der Koch Köche : cook,
            die Sängerin Sängerinnen : singer, der Leiter Leiter : manager *
            """);
    static final List<Noun> PROFESSIONS = nouns("""
            der Lehrer Lehrer : teacher, die Lehrerin Lehrerinnen : teacher, der Arzt Ärzte : doctor,
            die Ärztin Ärztinnen : doctor, der Koch Köche : cook, die Sängerin Sängerinnen : singer
            """);
    static final List<Noun> ANIMALS = nouns("""
            der Hund Hunde : dog, die Katze Katzen : cat, das Pferd Pferde : horse, die Kuh Kühe : cow,
            der Vogel Vögel : bird, der Affe/Affen Affen : monkey
            """);
    static final List<Noun> FED = join(ANIMALS, nouns("der Strauß Strauße : ostrich *", "der Hahn Hähne : rooster *"));
    static final List<Noun> TEXTS = nouns("""
            das Buch Bücher : book, der Brief Briefe : letter, die Zeitung Zeitungen : newspaper,
            der Roman Romane : novel, das Gedicht Gedichte : poem, die Nachricht Nachrichten : message
            """);
    static final List<Noun> FOOD = nouns("""
            der Apfel Äpfel : apple, die Suppe Suppen : soup, der Kuchen Kuchen : cake, das Ei Eier : egg,
            die Kartoffel Kartoffeln : potato, die Birne Birnen : pear *
            """);
    static final List<Noun> DRINKS = nouns("""
            das Wasser - : water, die Milch - : milk, der Kaffee - : coffee, der Tee - : tea, der Saft - : juice,
            der Wein - : wine
            """);
    static final List<Noun> THINGS = nouns("""
            das Fahrrad Fahrräder : bicycle, der Tisch Tische : table, der Stuhl Stühle : chair,
            die Uhr Uhren : clock, der Teppich Teppiche : carpet, der Koffer Koffer : suitcase,
            die Tasche Taschen : bag, das Bild Bilder : picture, der Schlüssel Schlüssel : key,
            die Kamera Kameras : camera
            """);
    private static final List<String> MODIFIERS = List.of("Haus house", "Garten garden", "Holz wood", "Stadt city",
            "Schul school", "Winter winter", "Küchen kitchen", "Büro office", "Reise travel");
    static final List<Noun> COMPOUNDS = compounds(MODIFIERS, nouns("""
            die tür türen : door, das fenster fenster : window, die lampe lampen : lamp, der tisch tische : table,
            das buch bücher : book, der stuhl stühle : chair, die uhr uhren : clock, die karte karten : map
            """));
    static final List<Noun> GOODS = join(THINGS, THINGS, THINGS, TEXTS.subList(0, 3), COMPOUNDS);
    static final List<Noun> GIFTS = nouns("""
            das Buch Bücher : book, die Blume Blumen : flower, der Ring Ringe : ring, das Bild Bilder : picture,
            die Kette Ketten : chain, der Ball Bälle : ball, der Strauß Sträuße : bouquet *
            """);
    static final List<Noun> DOORS = join(COMPOUNDS.stream().filter(Noun::opens).toList(), nouns("""
            die Tür Türen : door, das Fenster Fenster : window, der Koffer Koffer : suitcase,
            das Schloss Schlösser : lock *, das Tor Tore : gate
            """));
    static final List<Noun> DEVICES = nouns("""
            die Lampe Lampen : lamp, das Radio Radios : radio, der Computer Computer : computer,
            die Maschine Maschinen : machine
            """);
    static final List<Noun> CLOTHES = nouns("""
            der Mantel Mäntel : coat, das Hemd Hemden : shirt, das Kleid Kleider : dress, die Jacke Jacken : jacket,
            der Handschuh Handschuhe : glove
            """);
    static final List<Noun> SIGHTS = nouns("""
            die Kirche Kirchen : church, das Museum Museen : museum, der Turm Türme : tower,
            die Brücke Brücken : bridge, das Schloss Schlösser : castle *
            """);
    static final List<Noun> PARTS = nouns("""
            die Batterie Batterien : battery, die Birne Birnen : bulb *, die Schraube Schrauben : screw,
            der Reifen Reifen : tyre
            """);
    static final List<Noun> BROKEN = nouns("""
            das Fahrrad Fahrräder : bicycle, die Uhr Uhren : clock, das Dach Dächer : roof, der Hahn Hähne : tap *,
            das Schloss Schlösser : lock *, die Maschine Maschinen : machine
            """);
    static final List<Noun> CLIMBED = nouns("die Leiter Leitern : ladder *", "der Baum Bäume : tree",
            "der Berg Berge : mountain");
    static final List<Noun> ROOMS = nouns("""
            der Garten Gärten : garden, die Küche Küchen : kitchen, das Haus Häuser : house,
            der Wald Wälder : forest, die Stadt Städte : city, das Büro Büros : office, der Park Parks : park
            """);
    static final List<Noun> WATERS = nouns("der Fluss Flüsse : river", "der See Seen : lake *", "die See - : sea *");
    static final List<Noun> SEATS = nouns("der Stuhl Stühle : chair", "die Bank Bänke : bench *",
            "das Sofa Sofas : sofa", "der Teppich Teppiche : carpet");
    static final List<Noun> GOALS = nouns("der Bahnhof Bahnhöfe : station", "die Bank Banken : bank *",
            "die Schule Schulen : school", "der Markt Märkte : market", "das Krankenhaus Krankenhäuser : hospital");

    static final List<Adjective> OF_PEOPLE = adjectives("alt/älter old/older", "jung/jünger young/younger",
            "müde tired", "glücklich happy", "krank ill", "freundlich friendly", "reich/reicher rich/richer",
            "klug/klüger clever/cleverer", "ehrlich honest", "berühmt famous");
    static final List<Adjective> OF_THINGS = adjectives("alt/älter old/older", "neu/neuer new/newer",
            "groß/größer big/bigger", "klein/kleiner small/smaller", "schön/schöner beautiful",
            "billig/billiger cheap/cheaper", "schwer/schwerer heavy/heavier", "rot red", "blau blue",
            "interessant/interessanter interesting");
    static final List<Adjective> OF_DRINKS = adjectives("kalt cold", "heiß hot", "frisch fresh");

    static final Preposition IN = new Preposition("in", Case.DATIVE, "in");
    static final Preposition TO = new Preposition("nach", Case.DATIVE, "to");
    static final Preposition BY = new Preposition("von", Case.DATIVE, "by");

    static final Verb SEIN = verb("sein bin/bist/ist/sind war +gewesen : be/was/been");
    static final Verb HABEN = verb("haben habe/hast/hat/haben hatte gehabt : have/had/had");
    static final Verb WERDEN = verb("werden werde/wirst/wird/werden wurde +geworden : be/was/been");
    static final Verb EXIST = verb("geben gibt gab gegeben : be/was/been");
    static final Verb FEEL = verb("haben habe/hast/hat/haben hatte gehabt : be/was/been");
    static final Verb LOOK = verb("aus|sehen sieht sah ausgesehen : look");
    static final Verb COST = verb("kosten : cost/cost/cost");
    static final Verb WEIGH = verb("wiegen wiegt wog gewogen : weigh");
    static final List<Verb> TRAVEL = verbs("""
            fahren fährt fuhr +gefahren : go/went/gone, reisen reist reiste +gereist : travel/travelled/travelled
            """);

    static final List<Frame> FRAMES = Stream.of(
            frames(Frame.Kind.ALONE, List.of(), """
            schlafen schläft schlief geschlafen : sleep/slept/slept, lachen : laugh, weinen : cry/cried/cried,
            arbeiten : work, tanzen : dance, singen singt sang gesungen : sing/sang/sung,
            ein|schlafen schläft schlief +eingeschlafen : fall/fell/fallen asleep,
            auf|stehen steht stand +aufgestanden : get/got/got up, an|kommen kommt kam +angekommen : arrive,
            sich beeilen : hurry/hurried/hurried
            """),
            frames(Frame.Kind.ACCUSATIVE, TEXTS,
                    "lesen liest las gelesen : read/read/read, "
                            + "schreiben schreibt schrieb geschrieben : write/wrote/written"),
            frames(Frame.Kind.ACCUSATIVE, FOOD, "essen isst aß gegessen : eat/ate/eaten, kochen : cook"),
            frames(Frame.Kind.ACCUSATIVE, DRINKS,
                    "trinken trinkt trank getrunken : drink/drank/drunk, bestellen : order"),
            frames(Frame.Kind.ACCUSATIVE, GOODS, """
            kaufen : buy/bought/bought, verkaufen : sell/sold/sold, suchen : look for,
            finden findet fand gefunden : find/found/found, brauchen : need,
            verlieren verliert verlor verloren : lose/lost/lost,
            mit|nehmen nimmt nahm mitgenommen : take/took/taken along,
            zurück|bringen bringt brachte zurückgebracht : bring/brought/brought back
            """),
            frames(Frame.Kind.ACCUSATIVE, DOORS,
                    "öffnen öffnet öffnete geöffnet : open, auf|machen : open, zu|machen : close"),
            frames(Frame.Kind.ACCUSATIVE, DEVICES, "ein|schalten : turn on, aus|machen : turn off"),
            frames(Frame.Kind.ACCUSATIVE, CLOTHES,
                    "an|ziehen zieht zog angezogen : put/put/put on, waschen wäscht wusch gewaschen : wash"),
            frames(Frame.Kind.ACCUSATIVE, SIGHTS, "besichtigen : visit, malen : paint"),
            frames(Frame.Kind.ACCUSATIVE, PARTS, "aus|wechseln : replace"),
            frames(Frame.Kind.ACCUSATIVE, BROKEN, "reparieren : repair"),
            frames(Frame.Kind.ACCUSATIVE, FED, "füttern : feed/fed/fed"),
            frames(Frame.Kind.ACCUSATIVE, PEOPLE, """
            besuchen : visit, kennen kennt kannte gekannt : know/knew/known, lieben : love, grüßen : greet,
            an|rufen ruft rief angerufen : call, ein|laden lädt lud eingeladen : invite, ab|holen : collect
            """),
            frames(Frame.Kind.DATIVE, PEOPLE, """
            helfen hilft half geholfen : help, danken : thank, folgen folgt folgte +gefolgt : follow,
            antworten : answer, vertrauen : trust, zu|hören : listen to
            """),
            frames(Frame.Kind.BOTH, GIFTS, """
            geben gibt gab gegeben : give/gave/given, zeigen : show/showed/shown, schenken : give/gave/given,
            schicken : send/sent/sent, leihen leiht lieh geliehen : lend/lent/lent
            """),
            frames("auf", Case.ACCUSATIVE, "for", PEOPLE, "warten : wait"),
            frames("an", Case.ACCUSATIVE, "of", PEOPLE, "denken denkt dachte gedacht : think/thought/thought"),
            frames("von", Case.DATIVE, "of", PEOPLE, "träumen : dream"),
            frames("mit", Case.DATIVE, "with", PEOPLE,
                    "sprechen spricht sprach gesprochen : speak/spoke/spoken, spielen : play"),
            frames("über", Case.ACCUSATIVE, "about", GIFTS.subList(0, 6),
                    "sich freuen : be/was/been happy, sprechen spricht sprach gesprochen : speak/spoke/spoken"),
            frames("auf", Case.ACCUSATIVE, "to", GIFTS.subList(0, 6), "sich freuen : look forward"),
            frames("an", Case.ACCUSATIVE, "", PEOPLE, "sich erinnern erinnert erinnerte erinnert : remember"),
            frames("für", Case.ACCUSATIVE, "in", SIGHTS, "sich interessieren : be/was/been interested"),
            frames("in", Case.DATIVE, "in", ROOMS,
                    "wohnen : live, bleiben bleibt blieb +geblieben : stay, laufen läuft lief +gelaufen : run/ran/run"),
            frames("in", Case.ACCUSATIVE, "into", ROOMS,
                    "gehen geht ging +gegangen : go/went/gone, laufen läuft lief +gelaufen : run/ran/run, "
                            + "schauen : look"),
            frames("in", Case.DATIVE, "in", WATERS, "schwimmen schwimmt schwamm +geschwommen : swim/swam/swum"),
            frames("in", Case.ACCUSATIVE, "into", WATERS, "springen springt sprang +gesprungen : jump"),
            frames("auf", Case.DATIVE, "on", SEATS,
                    "sitzen sitzt saß gesessen : sit/sat/sat, schlafen schläft schlief geschlafen : sleep/slept/slept"),
            frames("auf", Case.ACCUSATIVE, "on", SEATS, "sich setzen : sit/sat/sat down"),
            frames("auf", Case.ACCUSATIVE, "", CLIMBED, "steigen steigt stieg +gestiegen : climb"),
            frames("zu", Case.DATIVE, "to", GOALS,
                    "gehen geht ging +gegangen : go/went/gone, rennen rennt rannte +gerannt : run/ran/run"))
            .flatMap(List::stream).toList();

    static final List<Verb> SAYING = verbs("""
            sagen : say/said/said, glauben : believe, wissen weiß/weißt/weiß/wissen wusste gewusst : know/knew/known,
            hoffen : hope, hören : hear/heard/heard, behaupten : claim
            """);
    static final List<Verb> ASKING = verbs("fragen : ask, sich fragen : wonder");
    static final List<Verb> TRYING = verbs("""
            versuchen : try/tried/tried, vergessen vergisst vergaß vergessen : forget/forgot/forgotten,
            beschließen beschließt beschloss beschlossen : decide,
            versprechen verspricht versprach versprochen : promise,
            an|fangen fängt fing angefangen : begin/began/begun
            """);
    /// English verbs without a progressive, and without a liking.
    static final Set<String> STATES = Set.of("be", "know", "love", "need", "remember", "trust", "believe", "live",
            "find", "lose", "hear");

    static final List<Modal> MODALS = List.of(
            new Modal(verb("können kann/kannst/kann/können konnte gekonnt : can"), "can", "can", "could", ""),
            new Modal(verb("müssen muss/musst/muss/müssen musste gemusst : have/had/had"), "", "", "", "to"),
            new Modal(verb("wollen will/willst/will/wollen wollte gewollt : want"), "", "", "", "to"),
            new Modal(verb("dürfen darf/darfst/darf/dürfen durfte gedurft : may"), "may", "must", "", ""),
            new Modal(verb("sollen soll/sollst/soll/sollen sollte gesollt : should"), "should", "should", "", ""));

    static final List<Phrase> TODAY = phrases("heute=today", "jetzt=now", "jeden:1 Tag:2=every:1 day:2",
            "am:1 Abend:2=in:1 the:1 evening:2", "am:1 Montag:2=on:1 Monday:2", "am:1 Freitag:2=on:1 Friday:2");
    static final List<Phrase> YESTERDAY = phrases("gestern=yesterday", "letzte:1 Woche:2=last:1 week:2",
            "letztes:1 Jahr:2=last:1 year:2", "gestern:1 Abend:2=yesterday:1 evening:2");
    static final List<Phrase> TOMORROW = phrases("morgen=tomorrow", "nächste:1 Woche:2=next:1 week:2", "bald=soon",
            "nächstes:1 Jahr:2=next:1 year:2");
    static final List<Phrase> OFTEN = phrases("oft=often", "immer=always", "manchmal=sometimes", "selten=rarely",
            "nie=never");
    static final List<Phrase> MEANS = phrases("mit:1 dem:1 Zug:2=by:1 train:2", "mit:1 dem:1 Auto:2=by:1 car:2",
            "mit:1 dem:1 Bus:2=by:1 bus:2", "mit:1 dem:1 Schiff:2=by:1 ship:2", "zu:1 Fuß:2=on:1 foot:2");
    static final List<Phrase> BECAUSE = phrases("wenn=if", "weil=because", "obwohl=although", "während=while",
            "bevor=before", "sobald=as soon as");
    static final List<Noun> FEELINGS = nouns("der Hunger - : hungry", "der Durst - : thirsty", "die Angst - : afraid",
            "das Glück - : lucky");
    static final List<Phrase> MONTHS = phrases("Januar=January", "Februar=February", "März=March", "April=April",
            "Mai=May", "Juni=June", "Juli=July", "August=August", "September=September", "Oktober=October",
            "November=November", "Dezember=December");
    static final List<Phrase> UNITS = phrases("Tagen=days", "Wochen=weeks", "Monaten=months", "Jahren=years");

    private static final List<String> GERMAN_DIGITS = List.of("null", "ein", "zwei", "drei", "vier", "fünf", "sechs",
            "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn",
            "siebzehn", "achtzehn", "neunzehn");
    private static final List<String> GERMAN_TENS = List.of("", "", "zwanzig", "dreißig", "vierzig", "fünfzig",
            "sechzig", "siebzig", "achtzig", "neunzig");
    private static final List<String> ENGLISH_DIGITS = List.of("zero", "one", "two", "three", "four", "five", "six",
            "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen");
    private static final List<String> ENGLISH_TENS = List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty",
            "seventy", "eighty", "ninety");

    /// A number below a hundred in words: einundzwanzig, twenty-one.
    static Phrase number(int n) {
        if (n < 20)
            return Phrase.of(GERMAN_DIGITS.get(n), ENGLISH_DIGITS.get(n));
        var german = (n % 10 == 0 ? "" : GERMAN_DIGITS.get(n % 10) + "und") + GERMAN_TENS.get(n / 10);
        return Phrase.of(german, ENGLISH_TENS.get(n / 10) + (n % 10 == 0 ? "" : "-" + ENGLISH_DIGITS.get(n % 10)));
    }

    private static Stream<String> entries(String text) {
        return Stream.of(text.strip().split(",\\s+"));
    }

    private static List<Noun> nouns(String... lines) {
        return Stream.of(lines).flatMap(Lexicon::entries).map(Noun::parse).toList();
    }

    /// Haus + tür = Haustür, house door.
    private static List<Noun> compounds(List<String> modifiers, List<Noun> heads) {
        return modifiers.stream().map(modifier -> modifier.split(" "))
                .flatMap(modifier -> heads.stream().map(head -> head.after(modifier[0], modifier[1]))).toList();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<Noun> join(List<Noun>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    private static List<Adjective> adjectives(String... lines) {
        return Stream.of(lines).map(Adjective::parse).toList();
    }

    private static Verb verb(String line) {
        return Verb.parse(line);
    }

    private static List<Verb> verbs(String lines) {
        return entries(lines).map(Verb::parse).toList();
    }

    private static List<Frame> frames(Frame.Kind kind, List<Noun> objects, String lines) {
        return verbs(lines).stream().map(verb -> new Frame(verb, kind, Optional.empty(), objects)).toList();
    }

    private static List<Frame> frames(String german, Case governed, String english, List<Noun> objects, String lines) {
        var preposition = Optional.of(new Preposition(german, governed, english));
        return verbs(lines).stream().map(verb -> new Frame(verb, Frame.Kind.PREPOSITIONAL, preposition, objects))
                .toList();
    }

    private static List<Phrase> phrases(String... lines) {
        return Stream.of(lines).map(line -> line.split("=")).map(sides -> Phrase.of(sides[0], sides[1])).toList();
    }
}

// ------------------------------------------------------------------------------------------- words, links, and phrases

/// What ties words of the two sides: those that share one are aligned. Only its identity counts.
final class Link {
}

/// A word of one side; words without a counterpart have a link of their own.
record Word(String text, Link link) {
    Word(String text) {
        this(text, new Link());
    }

    boolean isPunctuation() {
        return ",.?".contains(text);
    }
}

/// The same thing said in both languages.
record Phrase(List<Word> german, List<Word> english) {
    static final Phrase NOTHING = new Phrase(List.of(), List.of());

    /// Words written `text:1` on both sides are aligned by number; without any number all are aligned to all.
    static Phrase of(String german, String english) {
        var links = new HashMap<String, Link>();
        return new Phrase(words(german, links), words(english, links));
    }

    private static List<Word> words(String side, Map<String, Link> links) {
        return Stream.of(side.split(" ")).filter(word -> !word.isEmpty()).map(word -> word.split(":"))
                .map(word -> new Word(word[0], links.computeIfAbsent(word.length > 1 ? word[1] : "", _ -> new Link())))
                .toList();
    }

    static Phrase comma() {
        return new Phrase(List.of(new Word(",")), List.of());
    }

    Phrase plus(Phrase next) {
        return new Phrase(chain(german, next.german), chain(english, next.english));
    }

    boolean isEmpty() {
        return german.isEmpty() && english.isEmpty();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static List<Word> chain(List<Word>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    static String join(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    /// Every use of a phrase has its own links, or two uses of it would be aligned to each other.
    Phrase fresh() {
        var links = new IdentityHashMap<Link, Link>();
        return new Phrase(fresh(german, links), fresh(english, links));
    }

    private static List<Word> fresh(List<Word> words, Map<Link, Link> links) {
        return words.stream().map(word -> new Word(word.text(), links.computeIfAbsent(word.link(), _ -> new Link())))
                .toList();
    }
}

/// A finished pair: capitalised, with single commas, and what is known about it.
record Sentence(Phrase text, Set<Phenomenon> phenomena) {
    record Alignment(int german, int english) {
    }

    static Sentence of(Phrase phrase, Set<Phenomenon> phenomena) {
        return new Sentence(new Phrase(written(phrase.german()), written(phrase.english())), phenomena);
    }

    private static List<Word> written(List<Word> words) {
        var written = new ArrayList<Word>();
        for (var word : words) {
            if (word.isPunctuation() && !written.isEmpty() && written.getLast().isPunctuation())
                written.removeLast();                                 // a clause that ends where the next one begins
            written.add(word);
        }
        var first = written.getFirst();
        written.set(0, new Word(capitalised(first.text()), first.link()));
        return written;
    }

    static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    List<Alignment> links() {
        var links = new ArrayList<Alignment>();
        for (int i = 0; i < text.german().size(); i++)
            for (int j = 0; j < text.english().size(); j++)
                if (text.german().get(i).link() == text.english().get(j).link())
                    links.add(new Alignment(i, j));
        return links;
    }
}

// -------------------------------------------------------------------------------------------------------- noun phrases

enum Gender {
    MASCULINE("der"), FEMININE("die"), NEUTER("das");

    final String article;

    Gender(String article) {
        this.article = article;
    }

    static Gender of(String article) {
        return Stream.of(values()).filter(gender -> gender.article.equals(article)).findFirst().orElseThrow();
    }
}

enum Case {
    NOMINATIVE, ACCUSATIVE, DATIVE
}

/// Person 1 to 3 and number: what a verb agrees with.
record Agreement(int person, boolean plural) {
    static final Agreement HE = new Agreement(3, false), THEY = new Agreement(3, true);

    static Agreement third(boolean plural) {
        return plural ? THEY : HE;
    }
}

/// The endings of articles and adjectives, by case and by masculine, feminine, neuter, plural.
final class Endings {
    private static final String[][] STRONG = {{"er", "e", "es", "e"}, {"en", "e", "es", "e"}, {"em", "er", "em", "en"}};
    private static final String[][] WEAK = {{"e", "e", "e", "en"}, {"en", "e", "e", "en"}, {"en", "en", "en", "en"}};
    private static final String[][] DEFINITE = {{"der", "die", "das", "die"}, {"den", "die", "das", "die"},
            {"dem", "der", "dem", "den"}};

    static String strong(Case c, Gender gender, boolean plural) {
        return at(STRONG, c, gender, plural);
    }

    static String weak(Case c, Gender gender, boolean plural) {
        return at(WEAK, c, gender, plural);
    }

    static String definite(Case c, Gender gender, boolean plural) {
        return at(DEFINITE, c, gender, plural);
    }

    static String relative(Case c, Gender gender, boolean plural) {
        return plural && c == Case.DATIVE ? "denen" : definite(c, gender, plural);
    }

    /// `ein` and its kin end in nothing where masculine and neuter nominative and neuter accusative stand alike.
    static boolean isBare(Case c, Gender gender, boolean plural) {
        return !plural && (c == Case.NOMINATIVE && gender != Gender.FEMININE
                || c == Case.ACCUSATIVE && gender == Gender.NEUTER);
    }

    private static String at(String[][] table, Case c, Gender gender, boolean plural) {
        return table[c.ordinal()][plural ? 3 : gender.ordinal()];
    }
}

/// A noun in both languages. German marks the dative plural, and some masculines every case but the nominative.
record Noun(Gender gender, String singular, String oblique, String plural, String english, String englishPlural,
        boolean ambiguous, boolean compound) {
    static Noun parse(String line) {
        var sides = line.split(" : ");
        var german = sides[0].split(" ");
        var singular = german[1].split("/");
        var english = sides[1].replace(" *", "").split("/");
        return new Noun(Gender.of(german[0]), singular[0], singular[singular.length - 1], german[2], english[0],
                english.length > 1 ? english[1] : English.withS(english[0]), sides[1].endsWith("*"), false);
    }

    Noun after(String modifier, String english) {
        return new Noun(gender, modifier + singular, modifier + oblique, modifier + plural,
                english + " " + this.english,
                english + " " + englishPlural, false, true);
    }

    boolean opens() {
        return english.endsWith("door") || english.endsWith("window");
    }

    boolean hasPlural() {
        return !plural.equals("-");
    }

    String german(Case c, boolean many) {
        if (!many)
            return c == Case.NOMINATIVE ? singular : oblique;
        return c == Case.DATIVE && !plural.endsWith("n") && !plural.endsWith("s") ? plural + "n" : plural;
    }

    String english(boolean many) {
        return many ? englishPlural : english;
    }
}

/// An adjective; the comparatives are absent where none is wanted.
record Adjective(String german, String english, Optional<String> germanComparative, String englishComparative) {
    static Adjective parse(String line) {
        var sides = line.split(" ");
        var german = sides[0].split("/");
        var english = sides[1].split("/");
        return new Adjective(german[0], english[0], german.length > 1 ? Optional.of(german[1]) : Optional.empty(),
                english.length > 1 ? english[1] : "more " + english[0]);
    }

    Phrase inflected(String ending) {
        return Phrase.of((german.endsWith("e") ? german.substring(0, german.length() - 1) : german) + ending, english);
    }

    Phrase plain() {
        return Phrase.of(german, english);
    }
}

/// The word before adjective and noun, by the endings it takes and leaves to the adjective.
enum Determiner {
    THE("", "the", "the"), THIS("dies", "this", "these"), EVERY("jed", "every", ""), ALL("all", "", "all"),
    A("ein", "a", ""), NO("kein", "a", "any"), MY("mein", "my", "my"), YOUR("dein", "your", "your"),
    OUR("unser", "our", "our"),
    HIS("sein", "his", "his"), HER("ihr", "her", "her"), THEIR("ihr", "their", "their"),
    NONE("", "", ""), MANY("viel", "", "many"), SOME("einig", "", "some");

    final String stem, singular, plural;

    Determiner(String stem, String singular, String plural) {
        this.stem = stem;
        this.singular = singular;
        this.plural = plural;
    }

    String german(Case c, Gender gender, boolean many) {
        return switch (this) {
            case THE -> Endings.definite(c, gender, many);
            case NONE -> "";
            case THIS, EVERY, ALL, MANY, SOME -> stem + Endings.strong(c, gender, many);
            case A, NO, MY, YOUR, OUR, HIS, HER, THEIR ->
                    stem + (Endings.isBare(c, gender, many) ? "" : Endings.strong(c, gender, many));
        };
    }

    String english(boolean many) {
        return many ? plural : singular;
    }

    /// An adjective is weak after a determiner that shows case and gender, and else shows them itself.
    String adjectiveEnding(Case c, Gender gender, boolean many) {
        return switch (this) {
            case THE, THIS, EVERY, ALL -> Endings.weak(c, gender, many);
            case NONE, MANY, SOME -> Endings.strong(c, gender, many);
            case A, NO, MY, YOUR, OUR, HIS, HER, THEIR ->
                    Endings.isBare(c, gender, many) ? Endings.strong(c, gender, many) : Endings.weak(c, gender, many);
        };
    }

    boolean isDefinite() {
        return switch (this) {
            case THE, THIS, EVERY, ALL, MY, YOUR, OUR, HIS, HER, THEIR -> true;
            case A, NO, NONE, MANY, SOME -> false;
        };
    }
}

/// What can be a subject or an object.
sealed interface Nominal {
    Phrase in(Case c);

    Agreement agreement();

    /// What the English verb agrees with.
    default Agreement englishAgreement() {
        return agreement();
    }

    default boolean isDefinite() {
        return true;
    }

    /// Whether its form alone says that it is the subject.
    default boolean isMarked() {
        return true;
    }

    record NounPhrase(Determiner determiner, Link link, Phrase number, Optional<Adjective> adjective, Noun noun,
            boolean plural, Phrase relative)
            implements Nominal {
        @Override
        public Phrase in(Case c) {
            var after = adjective.map(a -> a.inflected(determiner.adjectiveEnding(c, noun.gender(), plural)))
                    .orElse(Phrase.NOTHING);
            after = number.plus(after).plus(Phrase.of(noun.german(c, plural), noun.english(plural)));
            var german = determiner.german(c, noun.gender(), plural);
            var english = determiner.english(plural || !noun.hasPlural() && determiner == Determiner.NO);
            if (english.equals("a"))
                english = English.article(after.english().getFirst().text());
            var before = new Phrase(german.isEmpty() ? List.of() : List.of(new Word(german, link)),
                    english.isEmpty() ? List.of() : List.of(new Word(english, link)));
            return before.plus(after).plus(relative);
        }

        boolean isDeniable() {
            return number.isEmpty() && (determiner == Determiner.A || determiner == Determiner.NONE);
        }

        /// kein Haus; the English not stands with the verb, by the same link.
        NounPhrase denied() {
            return new NounPhrase(Determiner.NO, link, number, adjective, noun, plural, relative);
        }

        @Override
        public Agreement agreement() {
            return Agreement.third(plural);
        }

        @Override
        public boolean isDefinite() {
            return determiner.isDefinite();
        }

        @Override
        public boolean isMarked() {
            return !plural && noun.gender() == Gender.MASCULINE && determiner != Determiner.NONE;
        }
    }

    record Pronoun(Agreement agreement, List<String> german, String english, String englishObject) implements Nominal {
        static final Pronoun I = new Pronoun(new Agreement(1, false), List.of("ich", "mich", "mir"), "I", "me");
        static final Pronoun YOU = new Pronoun(new Agreement(2, false), List.of("du", "dich", "dir"), "you", "you");
        static final Pronoun HE = new Pronoun(Agreement.HE, List.of("er", "ihn", "ihm"), "he", "him");
        static final Pronoun SHE = new Pronoun(Agreement.HE, List.of("sie", "sie", "ihr"), "she", "her");
        static final Pronoun WE = new Pronoun(new Agreement(1, true), List.of("wir", "uns", "uns"), "we", "us");
        static final Pronoun THEY = new Pronoun(Agreement.THEY, List.of("sie", "sie", "ihnen"), "they", "them");
        static final Pronoun WHO = new Pronoun(Agreement.HE, List.of("wer", "wen", "wem"), "who", "whom");

        @Override
        public Phrase in(Case c) {
            return Phrase.of(german.get(c.ordinal()), c == Case.NOMINATIVE ? english : englishObject);
        }

        @Override
        public boolean isMarked() {
            return !german.getFirst().equals("sie");
        }
    }

    record Name(String text, Optional<Gender> gender) implements Nominal {
        @Override
        public Phrase in(Case c) {
            return Phrase.of(text, text);
        }

        @Override
        public Agreement agreement() {
            return Agreement.HE;
        }

        @Override
        public boolean isMarked() {
            return false;
        }
    }

    record Both(Nominal first, Nominal second) implements Nominal {
        @Override
        public Phrase in(Case c) {
            return first.in(c).plus(Phrase.of("und", "and")).plus(second.in(c));
        }

        @Override
        public Agreement agreement() {
            return Agreement.THEY;
        }

        @Override
        public boolean isDefinite() {
            return first.isDefinite() && second.isDefinite();
        }

        @Override
        public boolean isMarked() {
            return false;
        }
    }

    /// The subject of a relative clause about its subject: not said again, but agreed with.
    record Gap(Agreement agreement) implements Nominal {
        @Override
        public Phrase in(Case c) {
            return Phrase.NOTHING;
        }
    }

    /// es gibt, there is: the English verb agrees with what there is.
    record There(Agreement englishAgreement) implements Nominal {
        @Override
        public Phrase in(Case c) {
            return Phrase.of("es", "there");
        }

        @Override
        public Agreement agreement() {
            return Agreement.HE;
        }
    }
}

/// A preposition with the case it governs; with `english` empty the English verb takes a plain object.
record Preposition(String german, Case governed, String english) {
    private static final Map<String, String> CONTRACTIONS = Map.of("in dem", "im", "in das", "ins", "an dem", "am",
            "zu dem", "zum", "zu der", "zur", "von dem", "vom");

    Phrase with(Nominal nominal) {
        var object = nominal.in(governed);
        var first = object.german().getFirst();
        var contracted = CONTRACTIONS.get(german + " " + first.text());
        var link = contracted == null ? new Link() : first.link();
        var before = new ArrayList<Word>(english.isEmpty() ? List.of() : Phrase.of("", english).english());
        before.replaceAll(word -> new Word(word.text(), link));
        var after = contracted == null ? Phrase.chain(List.of(new Word(german, link)), object.german())
                : Phrase.chain(List.of(new Word(contracted, link)), object.german().subList(1, object.german().size()));
        return new Phrase(after, Phrase.chain(before, object.english()));
    }

    Phrase relative(Gender gender, boolean plural, boolean person) {
        var link = new Link();
        var pronoun = new Link();
        var words = english.isEmpty() ? List.<Word>of() : List.of(new Word(english, link));
        var which = person ? "whom" : english.isEmpty() ? "that" : "which";
        return new Phrase(
                List.of(new Word(german, link), new Word(Endings.relative(governed, gender, plural), pronoun)),
                Phrase.chain(words, List.of(new Word(which, pronoun))));
    }
}

// --------------------------------------------------------------------------------------------------------------- verbs

/// The regular part of English.
final class English {
    private static final String VOWELS = "aeiou";

    static String article(String next) {
        return VOWELS.indexOf(Character.toLowerCase(next.charAt(0))) >= 0 && !next.startsWith("one") ? "an" : "a";
    }

    static String withS(String word) {
        if (word.matches(".*(s|sh|ch|x|z|[^aeiou]o)"))
            return word + "es";
        return word.matches(".*[^aeiou]y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    static String withEd(String verb) {
        return verb.endsWith("e") ? verb + "d" : verb + "ed";
    }

    static String withIng(String verb) {
        if (verb.matches("[^aeiou]+[aeiou][^aeiouwxy]|forget|begin|travel"))
            return verb + verb.charAt(verb.length() - 1) + "ing";
        return (verb.matches(".*[^e]e") ? verb.substring(0, verb.length() - 1) : verb) + "ing";
    }
}

/// A verb in both languages: `present` and `past` are ich, du, er, wir; `rest` is what follows the English verb itself.
record Verb(boolean reflexive, String prefix, List<String> present, List<String> past, String participle,
        boolean withSein, String english, String englishPast, String englishParticiple, String rest) {
    static Verb parse(String line) {
        var sides = line.split(" : ");
        var reflexive = sides[0].startsWith("sich ");
        var german = (reflexive ? sides[0].substring(5) : sides[0]).split(" ");
        int bar = german[0].indexOf('|');
        var prefix = bar < 0 ? "" : german[0].substring(0, bar);
        var infinitive = german[0].substring(bar + 1);
        var stem = infinitive.substring(0, infinitive.length() - (infinitive.endsWith("en") ? 2 : 1));
        var soft = stem.endsWith("t") || stem.endsWith("d") ? stem + "e" : stem;
        var third = german.length > 1 ? german[1] : soft + "t";
        var preterite = german.length > 2 ? german[2] : soft + "te";
        var participle = german.length > 3 ? german[3]
                : prefix + (infinitive.matches("(be|ver|er|ent|zer).*|.*ieren") ? "" : "ge") + soft + "t";
        var english = sides[1].split(" ", 2);
        var parts = english[0].split("/");
        var plural = preterite + (preterite.endsWith("e") ? "n" : "en");
        return new Verb(reflexive, prefix, present(infinitive, stem, third),
                List.of(preterite, preterite + "st", preterite, plural),
                participle.replace("+", ""), participle.startsWith("+"), parts[0],
                parts.length > 1 ? parts[1] : English.withEd(parts[0]),
                parts.length > 2 ? parts[2] : English.withEd(parts[0]),
                english.length > 1 ? english[1] : "");
    }

    private static List<String> present(String infinitive, String stem, String third) {
        if (third.contains("/"))
            return List.of(third.split("/"));
        var second = third.substring(0, third.length() - 1);
        return List.of(stem + "e", second.matches(".*[sßzx]") ? third : second + "st", third, infinitive);
    }

    private static String choose(List<String> forms, Agreement a) {
        return forms.get(a.plural() ? 3 : a.person() - 1);
    }

    String present(Agreement a) {
        return choose(present, a);
    }

    String past(Agreement a) {
        return choose(past, a);
    }

    String infinitive() {
        return prefix + (present.getFirst().equals("bin") ? "sein" : present.getLast());
    }

    /// zu rufen, but anzurufen.
    List<String> zuInfinitive() {
        return prefix.isEmpty() ? List.of("zu", present.getLast()) : List.of(prefix + "zu" + present.getLast());
    }

    boolean isBe() {
        return english.equals("be");
    }

    boolean isState() {
        return Lexicon.STATES.contains(english) || equals(Lexicon.LOOK);
    }

    String englishPresent(Agreement a) {
        if (isBe())
            return a.plural() || a.person() == 2 ? "are" : a.person() == 1 ? "am" : "is";
        if (a.plural() || a.person() < 3)
            return english;
        return english.equals("have") ? "has" : English.withS(english);
    }

    String englishPast(Agreement a) {
        return isBe() && (a.plural() || a.person() == 2) ? "were" : englishPast;
    }
}

/// A modal verb. English has an auxiliary for it (`can`, another form of it under negation or in the past) or a verb
/// with `to` (want to).
record Modal(Verb verb, String positive, String negative, String past, String to) {
    boolean isAuxiliary() {
        return to.isEmpty();
    }
}

/// How a verb is said: which German tense, and what the rest of the sentence makes of it in English.
sealed interface Form {
    record Present() implements Form {
    }

    record Preterite() implements Form {
    }

    /// hat gelesen: has read.
    record Perfect() implements Form {
    }

    /// hat gestern gelesen: read yesterday.
    record PerfectAsPast() implements Form {
    }

    record Future() implements Form {
    }

    /// liest morgen: will read tomorrow.
    record PresentAsFuture() implements Form {
    }

    /// liest gerade: is reading.
    record Progressive(Link gerade) implements Form {
    }

    /// liest gern: likes to read.
    record Liking(Link gern) implements Form {
    }

    record WithModal(Modal modal, boolean past) implements Form {
    }

    record Passive(boolean past) implements Form {
    }

    /// ist gelesen worden: has been read.
    record PassivePerfect() implements Form {
    }
}

/// The words of a verb: German finite form and bracket, English finite form and what follows it. Without an auxiliary,
/// English says `does read` for `reads` in questions and before not: `split`.
record VerbGroup(Word german, String separable, List<Word> bracket, EnglishGroup whole, EnglishGroup split) {
    record EnglishGroup(Word finite, boolean auxiliary, List<Word> rest) {
    }

    static VerbGroup of(Verb verb, Form form, Nominal subject, boolean negated) {
        return new Speaker(verb, subject.agreement(), subject.englishAgreement(), negated).say(form);
    }

    /// Says one verb for one subject; `main` ties the verb itself, `auxiliary` its auxiliary.
    private record Speaker(Verb verb, Agreement german, Agreement english, boolean negated, Link main, Link auxiliary) {
        Speaker(Verb verb, Agreement german, Agreement english, boolean negated) {
            this(verb, german, english, negated, new Link(), new Link());
        }

        VerbGroup say(Form form) {
            var perfect = verb.withSein() ? Lexicon.SEIN : Lexicon.HABEN;
            var participle = word(verb.participle(), main);
            var infinitive = word(verb.infinitive(), main);
            return switch (form) {
                case Form.Present() -> simple(verb.present(german), verb.englishPresent(english), does());
                case Form.Preterite() -> simple(verb.past(german), verb.englishPast(english), "did");
                case Form.PresentAsFuture() -> alone(auxiliary("will", main, words(verb.english())));
                case Form.Progressive(var gerade) -> alone(
                        auxiliary(Lexicon.SEIN.englishPresent(english), gerade,
                                words(English.withIng(verb.english()))));
                case Form.Liking(var gern) -> {
                    var split = auxiliary(does(), gern,
                            Phrase.chain(word("like", gern), word("to", gern), words(verb.english())));
                    var likes = english.plural() || english.person() < 3 ? "like" : "likes";
                    yield new VerbGroup(finite(), verb.prefix(), List.of(),
                            new EnglishGroup(new Word(likes, gern), false,
                                    Phrase.chain(word("to", gern), words(verb.english()))),
                            split);
                }
                case Form.Perfect() -> with(perfect.present(german), participle,
                        auxiliary(Lexicon.HABEN.englishPresent(english), auxiliary, words(verb.englishParticiple())));
                case Form.PerfectAsPast() -> {
                    var said = simple(perfect.present(german), verb.englishPast(english), "did");
                    yield new VerbGroup(said.german(), "", participle, said.whole(), said.split());
                }
                case Form.Future() -> with(Lexicon.WERDEN.present(german), infinitive,
                        auxiliary("will", auxiliary, words(verb.english())));
                case Form.Passive(var past) -> {
                    var is = past ? Lexicon.SEIN.englishPast(english) : Lexicon.SEIN.englishPresent(english);
                    yield with(past ? Lexicon.WERDEN.past(german) : Lexicon.WERDEN.present(german), participle,
                            auxiliary(is, auxiliary, words(verb.englishParticiple())));
                }
                case Form.PassivePerfect() -> {
                    var been = new Link();
                    yield with(Lexicon.SEIN.present(german), Phrase.chain(participle, word("worden", been)),
                            auxiliary(Lexicon.HABEN.englishPresent(english), auxiliary,
                                    Phrase.chain(word("been", been), words(verb.englishParticiple()))));
                }
                case Form.WithModal(var modal, var past) -> modal(modal, past, infinitive);
            };
        }

        private VerbGroup modal(Modal modal, boolean past, List<Word> infinitive) {
            var finite = past ? modal.verb().past(german) : modal.verb().present(german);
            if (modal.isAuxiliary()) {
                var can = past ? modal.past() : negated ? modal.negative() : modal.positive();
                return with(finite, infinitive, auxiliary(can, auxiliary, words(verb.english())));
            }
            var rest = Phrase.chain(word("to", auxiliary), words(verb.english()));
            var said = past ? modal.verb().englishPast(english) : modal.verb().englishPresent(english);
            var base = Phrase.chain(word(modal.verb().english(), auxiliary), rest);
            return new VerbGroup(new Word(finite, auxiliary), "", infinitive,
                    new EnglishGroup(new Word(said, auxiliary), false, rest),
                    auxiliary(past ? "did" : does(), auxiliary, base));
        }

        private VerbGroup simple(String germanFinite, String englishFinite, String does) {
            var rest = verb.rest().isEmpty() ? List.<Word>of() : words("");
            var whole = new EnglishGroup(new Word(englishFinite, main), verb.isBe(), rest);
            return new VerbGroup(new Word(germanFinite, main), verb.prefix(), List.of(), whole,
                    verb.isBe() ? whole : auxiliary(does, main, words(verb.english())));
        }

        private VerbGroup alone(EnglishGroup said) {
            return new VerbGroup(finite(), verb.prefix(), List.of(), said, said);
        }

        private VerbGroup with(String finite, List<Word> bracket, EnglishGroup said) {
            return new VerbGroup(new Word(finite, auxiliary), "", bracket, said, said);
        }

        private Word finite() {
            return new Word(verb.present(german), main);
        }

        private static EnglishGroup auxiliary(String finite, Link link, List<Word> rest) {
            return new EnglishGroup(new Word(finite, link), true, rest);
        }

        private String does() {
            return english.plural() || english.person() < 3 ? "do" : "does";
        }

        /// The English verb in this form, with what belongs to it.
        private List<Word> words(String form) {
            return Stream.of((form + " " + verb.rest()).strip().split(" ")).map(text -> new Word(text, main)).toList();
        }

        private static List<Word> word(String text, Link link) {
            return List.of(new Word(text, link));
        }
    }

    /// Second in a main clause: ruft ... an.
    List<Word> endOfMainClause() {
        return separable.isEmpty() ? bracket : List.of(new Word(separable, german.link()));
    }

    /// Last in a subordinate clause: anruft, gelesen hat.
    List<Word> endOfSubordinateClause() {
        return Phrase.chain(bracket, List.of(new Word(separable + german.text(), german.link())));
    }
}

// ------------------------------------------------------------------------------------------------------------- clauses

/// A place in the clause. The order here is that of the German middle field; `IN_ENGLISH` is the order after the
/// English verb.
enum Slot {
    REFLEXIVE, PRONOUN, DATIVE, DEFINITE, TIME, FREQUENCY, NEGATION, MANNER, INDEFINITE, AGENT, MEANS, PLACE, PREDICATE;

    static final List<Slot> IN_ENGLISH = List.of(PRONOUN, DATIVE, DEFINITE, INDEFINITE, PREDICATE, PLACE, AGENT, MEANS,
            TIME);
}

/// What fills a place; `front` if it may also stand before the verb, though English leaves it where it is.
record Part(Slot slot, Phrase phrase, boolean front) {
    Part(Slot slot, Phrase phrase) {
        this(slot, phrase, false);
    }
}

/// What may be said about a verb: its objects.
record Frame(Verb verb, Kind kind, Optional<Preposition> preposition, List<Noun> objects) {
    enum Kind { ALONE, ACCUSATIVE, DATIVE, BOTH, PREPOSITIONAL }

    boolean takesObject() {
        return kind == Kind.ACCUSATIVE || kind == Kind.DATIVE;
    }

    Case governed() {
        return preposition.map(Preposition::governed).orElse(kind == Kind.DATIVE ? Case.DATIVE : Case.ACCUSATIVE);
    }

    boolean isWithin(List<Noun> places) {
        return objects == places && governed() == Case.DATIVE;
    }

    boolean takesPeople() {
        return objects == Lexicon.PEOPLE;
    }
}

/// A clause before its words are put in order. `not` ties the English not to nicht or kein; `tail` stands behind the
/// verbs of both languages.
record Clause(Nominal subject, Verb verb, Form form, List<Part> parts, Optional<Link> not, Phrase tail) {
    Clause(Nominal subject, Verb verb, Form form, Part... parts) {
        this(subject, verb, form, List.of(parts), Optional.empty(), Phrase.NOTHING);
    }

    /// Its time is open, and English does not ask when something has been done.
    boolean canBeAskedWhen() {
        return !(form instanceof Form.Perfect || form instanceof Form.PassivePerfect)
                && parts.stream().noneMatch(part -> part.slot() == Slot.TIME);
    }

    Clause with(Phrase tail) {
        return new Clause(subject, verb, form, parts, not, tail);
    }

    /// The subject first, the verb second: Der Mann ruft heute die Frau an. The man calls the woman today.
    Phrase statement() {
        var who = subject.in(Case.NOMINATIVE);
        var verbs = verbs();
        var german = Phrase.chain(who.german(), List.of(verbs.german()), middle(parts), verbs.endOfMainClause(),
                tail.german());
        return new Phrase(german, english(who, verbs, parts));
    }

    /// Something else first, so that the subject moves behind the verb; English moves only what is no object.
    Phrase statement(Part front) {
        var who = subject.in(Case.NOMINATIVE);
        var verbs = verbs();
        var rest = parts.stream().filter(part -> part != front).toList();
        var german = Phrase.chain(front.phrase().german(), List.of(verbs.german()), who.german(), middle(rest),
                verbs.endOfMainClause(), tail.german());
        return new Phrase(german, front.slot() != Slot.TIME ? english(who, verbs, parts)
                : Phrase.chain(front.phrase().english(), english(who, verbs, rest)));
    }

    /// The verb first, or behind a question word: (Wann) ruft der Mann die Frau an? (When) does the man call the woman?
    Phrase question(Phrase word) {
        var who = subject.in(Case.NOMINATIVE);
        var verbs = verbs();
        var said = verbs.split();
        var german = Phrase.chain(List.of(verbs.german()), who.german(), middle(parts), verbs.endOfMainClause(),
                tail.german());
        var english = Phrase.chain(List.of(said.finite()), who.english(), negation(), frequency(), said.rest(),
                after(parts), tail.english());
        return word.plus(new Phrase(german, english));
    }

    /// All verbs last: dass der Mann heute die Frau anruft, that the man calls the woman today.
    Phrase subordinate(Phrase conjunction) {
        var who = subject.in(Case.NOMINATIVE);
        var verbs = verbs();
        var german = Phrase.chain(who.german(), middle(parts), verbs.endOfSubordinateClause(), tail.german());
        return conjunction.plus(new Phrase(german, english(who, verbs, parts)));
    }

    /// No subject: die Frau anzurufen, to call the woman.
    Phrase infinitive() {
        var link = new Link();
        var german = verb.zuInfinitive().stream().map(text -> new Word(text, link)).toList();
        var english = Stream.of(("to " + verb.english() + " " + verb.rest()).strip().split(" "))
                .map(text -> new Word(text, link)).toList();
        return new Phrase(Phrase.chain(middle(parts), german), Phrase.chain(english, after(parts)));
    }

    private VerbGroup verbs() {
        return VerbGroup.of(verb, form, subject, not.isPresent());
    }

    /// German between the verbs.
    private static List<Word> middle(List<Part> parts) {
        return parts.stream().sorted(Comparator.comparing(Part::slot)).flatMap(part -> part.phrase().german().stream())
                .toList();
    }

    /// English from the subject on: not and often stand behind an auxiliary, often before any other verb.
    private List<Word> english(Phrase who, VerbGroup verbs, List<Part> said) {
        var group = not.isPresent() ? verbs.split() : verbs.whole();
        var finite = List.of(group.finite());
        var verb = group.auxiliary() ? Phrase.chain(finite, negation(), frequency(), group.rest())
                : Phrase.chain(frequency(), finite, group.rest());
        return Phrase.chain(who.english(), verb, after(said), tail.english());
    }

    private static List<Word> after(List<Part> parts) {
        return parts.stream().filter(part -> Slot.IN_ENGLISH.contains(part.slot()))
                .sorted(Comparator.comparing(part -> Slot.IN_ENGLISH.indexOf(part.slot())))
                .flatMap(part -> part.phrase().english().stream()).toList();
    }

    private List<Word> negation() {
        return not.map(link -> List.of(new Word("not", link))).orElse(List.of());
    }

    private List<Word> frequency() {
        return parts.stream().filter(part -> part.slot() == Slot.FREQUENCY)
                .flatMap(part -> part.phrase().english().stream()).toList();
    }
}

// --------------------------------------------------------------------------------------------------------- the choices

/// Names of syllables. Those whose letters add up to a multiple of five never occur in training.
enum Names {
    TRAINING, HELD_OUT;

    private static final List<String> SYLLABLES = Stream.of("b d k l m r s t v".split(" "))
            .flatMap(onset -> Stream.of("a e i o u".split(" ")).map(vowel -> onset + vowel)).toList();
    private static final List<String> MALE = List.of("n", "r", "s", "lo", "rik", "mir"),
            FEMALE = List.of("na", "la", "ra", "sa", "tina", "ma"),
            CITY = List.of("burg", "stadt", "dorf", "heim", "hausen");

    Nominal.Name person(Dice dice) {
        var gender = dice.chance(50) ? Gender.MASCULINE : Gender.FEMININE;
        return new Nominal.Name(name(dice, gender == Gender.MASCULINE ? MALE : FEMALE), Optional.of(gender));
    }

    Nominal.Name city(Dice dice) {
        return new Nominal.Name(name(dice, CITY), Optional.empty());
    }

    private String name(Dice dice, List<String> endings) {
        while (true) {
            var name = dice.one(SYLLABLES) + dice.one(SYLLABLES) + dice.one(endings);
            if ((name.chars().sum() % 5 == 0) == (this == HELD_OUT))
                return Sentence.capitalised(name);
        }
    }
}

/// Chooses what to say. `room` is how many clauses may still be added, `depth` how many are open, `seen` what has been
/// shown so far.
final class Generator {
    private final Dice dice;
    private final Names names;
    private EnumSet<Phenomenon> seen = EnumSet.noneOf(Phenomenon.class);
    private int room, depth;
    private boolean past, timeless;

    Generator(Dice dice, Names names) {
        this.dice = dice;
        this.names = names;
    }

    Sentence sentence(int clauses) {
        seen = EnumSet.noneOf(Phenomenon.class);
        room = clauses;
        past = dice.chance(40);
        boolean asks = dice.chance(room == 0 ? 16 : 6);
        var said = asks ? question() : statements();
        var sentence = said.plus(asks ? Phrase.of("?", "?") : Phrase.of(".", "."));
        if (sentence.german().size() > 20)
            seen.add(Phenomenon.LONG);
        return Sentence.of(sentence, seen);
    }

    private Phrase statements() {
        if (!spend(24))
            return statement();
        seen.add(Phenomenon.COORDINATION);
        int all = room;
        room = all / 2;
        var first = statement();
        room += all - all / 2;
        var and = dice.chance(50) ? Phrase.of("und", "and") : Phrase.of(",:1 aber:2", ",:1 but:2");
        return first.plus(and).plus(statement());
    }

    /// A main clause with or without something before its subject.
    private Phrase statement() {
        if (spend(24)) {
            seen.add(Phenomenon.INVERSION);
            var before = reason();
            return clause().statement(new Part(Slot.TIME, before.plus(Phrase.of(",:1", ",:1"))));
        }
        var clause = clause();
        var fronts = clause.parts().stream().filter(part -> part.slot() == Slot.TIME || part.front()).toList();
        if (fronts.isEmpty() || dice.chance(25))
            return clause.statement();
        var front = dice.one(fronts);
        seen.add(Phenomenon.INVERSION);
        if (front.slot() != Slot.TIME)
            seen.add(Phenomenon.FRONTED_OBJECT);
        return clause.statement(front);
    }

    private Phrase question() {
        seen.add(Phenomenon.QUESTION);
        var who = Nominal.Pronoun.WHO;
        return switch (dice.below(10)) {
            case 0, 1, 2, 3 -> clause().question(Phrase.NOTHING);
            case 4 -> framed(dice.one(Lexicon.FRAMES), who).statement();
            case 5 -> until(Clause::canBeAskedWhen, this::clause).question(Phrase.of("wann", "when"));
            case 6 -> clause().question(Phrase.of("warum", "why"));
            case 7 -> open(frame(f -> f.kind() == Frame.Kind.ACCUSATIVE && !f.takesPeople()))
                    .question(Phrase.of("was", "what"));
            case 8 -> {
                var frame = frame(f -> f.takesPeople() && f.kind() != Frame.Kind.BOTH);
                yield open(frame).question(frame.preposition().map(preposition -> preposition.with(who))
                        .orElse(who.in(frame.governed())));
            }
            default -> dice.chance(50)
                    ? open(frame(f -> f.isWithin(Lexicon.ROOMS))).question(Phrase.of("wo", "where"))
                    : open(frame(f -> f.objects() == Lexicon.GOALS)).question(Phrase.of("wohin", "where"));
        };
    }

    // What is said

    private Clause clause() {
        return switch (dice.below(20)) {
            case 0, 1 -> passive();
            case 2 -> measure();
            case 3 -> existence();
            default -> about(subject());
        };
    }

    private Clause about(Nominal subject) {
        if (spend(45))
            return saying(subject);
        int kind = dice.below(100);
        if (kind < 72)
            return withReason(framed(dice.one(Lexicon.FRAMES), subject));
        return withReason(kind < 82 ? quality(subject) : kind < 86 ? feeling(subject)
                : kind < 92 ? travel(subject) : trying(subject));
    }

    private Clause framed(Frame frame, Nominal subject) {
        var clause = new Draft(subject, frame.verb());
        switch (frame.kind()) {
            case ALONE -> {
                if (dice.chance(30))
                    clause.place(Lexicon.IN, () -> nounPhrase(Lexicon.ROOMS, Optional.of(subject)));
            }
            case ACCUSATIVE, DATIVE -> clause.object(frame.objects(), frame.governed());
            case BOTH -> {
                clause.light = true;
                clause.object(Lexicon.PEOPLE, Case.DATIVE);
                clause.object(frame.objects(), Case.ACCUSATIVE);
            }
            case PREPOSITIONAL -> clause.place(frame.preposition().orElseThrow(), () -> goal(frame, subject));
        }
        return clause.clause();
    }

    /// What follows the preposition of a verb. In rooms or into them: the case must show which.
    private Nominal goal(Frame frame, Nominal subject) {
        if (frame.isWithin(Lexicon.ROOMS) && dice.chance(30))
            return city();
        return until(goal -> frame.objects() != Lexicon.ROOMS || showsCase(goal),
                () -> objectOf(frame.objects(), frame.governed(), subject));
    }

    /// in die Gärten, in den Gärten; but in Gärten is both.
    private static boolean showsCase(Nominal nominal) {
        var accusative = Phrase.join(nominal.in(Case.ACCUSATIVE).german());
        return !accusative.equals(Phrase.join(nominal.in(Case.DATIVE).german()));
    }

    /// The clause without the object that a question or a relative pronoun stands for.
    private Clause open(Frame frame) {
        return open(frame, subject());
    }

    private Clause open(Frame frame, Nominal subject) {
        return new Draft(subject, frame.verb()).clause();
    }

    private Frame frame(Predicate<Frame> wanted) {
        return dice.one(Lexicon.FRAMES.stream().filter(wanted).toList());
    }

    private Clause saying(Nominal subject) {
        boolean asks = dice.chance(25);
        var clause = new Draft(subject, dice.one(asks ? Lexicon.ASKING : Lexicon.SAYING)).clause();
        var conjunction = asks ? Phrase.of("ob", "whether") : Phrase.of("dass", "that");
        return clause.with(aside(nested(() -> clause().subordinate(conjunction))));
    }

    private Clause trying(Nominal subject) {
        seen.add(Phenomenon.INFINITIVE);
        var clause = new Draft(subject, dice.one(Lexicon.TRYING)).clause();
        return clause.with(aside(deed(subject).infinitive()));
    }

    /// A plain clause, to be said as an infinitive.
    private Clause deed(Nominal subject) {
        var frame = frame(f -> f.takesObject() && !f.verb().isState());
        note(frame.verb());
        var object = objectOf(frame.objects(), frame.governed(), subject);
        return new Clause(subject, frame.verb(), new Form.Present(), part(object, frame.governed()));
    }

    private Clause withReason(Clause clause) {
        if (!clause.tail().isEmpty() || !spend(35))
            return clause;
        if (dice.chance(25)) {
            seen.add(Phenomenon.INFINITIVE);
            var deed = deed(clause.subject()).infinitive();
            return clause.with(aside(Phrase.of("um", "in order").plus(deed)));
        }
        return clause.with(aside(reason()));
    }

    /// Because, although, if, while ... with no future in it: wenn er morgen kommt is not if he will come.
    private Phrase reason() {
        boolean outside = timeless;
        timeless = true;
        var conjunctions = past ? Lexicon.BECAUSE.subList(1, Lexicon.BECAUSE.size()) : Lexicon.BECAUSE;
        var reason = nested(() -> clause().subordinate(dice.one(conjunctions).fresh()));
        timeless = outside;
        return reason;
    }

    private Clause quality(Nominal subject) {
        if (dice.chance(15)) {
            var clause = new Draft(subject, Lexicon.LOOK);
            clause.predicate(dice.one(Lexicon.OF_PEOPLE).plain());
            return clause.clause();
        }
        var clause = new Draft(subject, Lexicon.SEIN);
        int kind = dice.below(10);
        clause.predicate(kind < 2 ? comparison(subject) : kind < 4 ? profession(subject)
                : kind < 5 ? number().plus(Phrase.of("Jahre:1 alt:2", "years:1 old:2"))
                : kind < 6 ? Phrase.of("sehr", "very").plus(dice.one(Lexicon.OF_PEOPLE).plain())
                : dice.one(Lexicon.OF_PEOPLE).plain());
        return clause.clause();
    }

    private Phrase comparison(Nominal subject) {
        seen.add(Phenomenon.COMPARATIVE);
        var adjectives = Lexicon.OF_PEOPLE.stream().filter(a -> a.germanComparative().isPresent()).toList();
        var adjective = dice.one(adjectives);
        return Phrase.of(adjective.germanComparative().orElseThrow(), adjective.englishComparative())
                .plus(Phrase.of("als", "than"))
                .plus(nounPhrase(Lexicon.PEOPLE, Optional.of(subject)).in(Case.NOMINATIVE));
    }

    /// ist Lehrer: is a teacher.
    private Phrase profession(Nominal subject) {
        boolean plural = subject.agreement().plural();
        var gender = gender(subject).filter(g -> g != Gender.NEUTER);
        var noun = dice.one(Lexicon.PROFESSIONS.stream().filter(n -> gender.isEmpty() || gender.get() == n.gender())
                .toList());
        var english = noun.english(plural);
        return Phrase.of(noun.german(Case.NOMINATIVE, plural), plural
                ? english : English.article(english) + " " + english);
    }

    /// Hunger haben, to be hungry.
    private Clause feeling(Nominal subject) {
        seen.add(Phenomenon.IDIOM);
        var feeling = dice.one(Lexicon.FEELINGS);
        var clause = new Draft(subject, Lexicon.FEEL);
        var no = new Link();
        boolean denied = clause.mayDeny && dice.chance(30);
        var before = denied ? List.of(new Word(Determiner.NO.german(Case.ACCUSATIVE, feeling.gender(), false), no))
                : List.<Word>of();
        clause.predicate(new Phrase(before, List.of()).plus(Phrase.of(feeling.singular(), feeling.english())));
        if (denied)
            clause.deny(no);
        return clause.clause();
    }

    private Clause travel(Nominal subject) {
        var clause = new Draft(subject, dice.one(Lexicon.TRAVEL));
        clause.place(Lexicon.TO, this::city);
        if (dice.chance(60))
            clause.parts.add(new Part(Slot.MEANS, dice.one(Lexicon.MEANS).fresh()));
        return clause.clause();
    }

    private Clause passive() {
        seen.add(Phenomenon.PASSIVE);
        var frame = frame(f -> f.kind() == Frame.Kind.ACCUSATIVE && !f.takesPeople());
        note(frame.verb());
        var parts = new ArrayList<Part>();
        var subject = nounPhrase(frame.objects(), Optional.empty());
        if (dice.chance(50))
            parts.add(new Part(Slot.AGENT, Lexicon.BY.with(light(() -> nounPhrase(Lexicon.PEOPLE, Optional.empty())))));
        if (!past && dice.chance(20))
            return new Clause(subject, frame.verb(), new Form.PassivePerfect(), parts.toArray(Part[]::new));
        if (dice.chance(30))
            parts.add(new Part(Slot.TIME, past ? before() : today()));
        return new Clause(subject, frame.verb(), new Form.Passive(past), parts.toArray(Part[]::new));
    }

    /// What things cost and weigh; German and English swap comma and point.
    private Clause measure() {
        seen.add(Phenomenon.NUMBER);
        var subject = nounPhrase(Lexicon.GOODS, Optional.empty());
        var form = plainForm();
        if (dice.chance(40)) {
            var weight = (1 + dice.below(9)) + "," + (1 + dice.below(9));
            return new Clause(subject, Lexicon.WEIGH, form,
                    new Part(Slot.PREDICATE, Phrase.of(weight, weight.replace(',', '.'))
                            .plus(Phrase.of("Kilo", "kilos"))));
        }
        var price = dice.chance(50)
                ? String.valueOf(2 + dice.below(98)) : (1 + dice.below(9)) + "." + (1 + dice.below(9)) + "00";
        return new Clause(subject, Lexicon.COST, form,
                new Part(Slot.PREDICATE, Phrase.of(price, price.replace('.', ',')).plus(Phrase.of("Euro", "euros"))));
    }

    private Clause existence() {
        seen.add(Phenomenon.IDIOM);
        var what = light(() -> until(thing -> !thing.isDefinite(), () -> nounPhrase(Lexicon.GOODS, Optional.empty())));
        var where = new Part(Slot.PLACE, Lexicon.IN.with(nounPhrase(Lexicon.ROOMS, Optional.empty())), true);
        return new Clause(new Nominal.There(what.agreement()), Lexicon.EXIST, plainForm(),
                new Part(Slot.INDEFINITE, what.in(Case.ACCUSATIVE)), where);
    }

    /// A clause with a person as its subject, in the making: first when and how, then what.
    private final class Draft {
        private final Nominal subject;
        private final Verb verb;
        private final List<Part> parts = new ArrayList<>();
        private final Form form;
        private final boolean mayDeny;
        private boolean deniable = true;
        private boolean light; // whether no clause may come between the verb and what follows its object in English
        private Optional<Link> not = Optional.empty();

        Draft(Nominal subject, Verb verb) {
            this.subject = subject;
            this.verb = verb;
            note(verb);
            form = form(verb, subject, parts);
            light = parts.stream().anyMatch(part -> part.slot() == Slot.TIME);
            mayDeny = !(form instanceof Form.Progressive)
                    && parts.stream().noneMatch(part -> part.slot() == Slot.FREQUENCY);
            if (verb.reflexive())
                parts.add(new Part(Slot.REFLEXIVE,
                        new Phrase(List.of(new Word(reflexive(subject.agreement()))), List.of())));
        }

        void object(List<Noun> nouns, Case c) {
            var object = light ? light(() -> objectOf(nouns, c, subject)) : objectOf(nouns, c, subject);
            if (c == Case.ACCUSATIVE && object instanceof Nominal.NounPhrase phrase && phrase.isDeniable() && mayDeny
                    && !(form instanceof Form.Liking) && dice.chance(30)) {
                object = phrase.denied();
                deny(phrase.link());
            }
            deniable &= object.isDefinite();
            parts.add(part(object, c));
        }

        void place(Preposition preposition, Supplier<Nominal> place) {
            var nominal = light ? light(place) : place.get();
            deniable &= nominal.isDefinite();
            parts.add(new Part(Slot.PLACE, preposition.with(nominal)));
        }

        void predicate(Phrase phrase) {
            parts.add(new Part(Slot.PREDICATE, phrase));
        }

        void deny(Link link) {
            seen.add(Phenomenon.NEGATION);
            not = Optional.of(link);
        }

        Clause clause() {
            if (mayDeny && deniable && not.isEmpty() && verb != Lexicon.FEEL && dice.chance(18)) {
                var link = new Link();
                parts.add(new Part(Slot.NEGATION, new Phrase(List.of(new Word("nicht", link)), List.of())));
                deny(link);
            }
            return new Clause(subject, verb, form, parts, not, Phrase.NOTHING);
        }
    }

    // When and how

    private Form form(Verb verb, Nominal subject, List<Part> parts) {
        int kind = dice.below(100);
        if (past) {
            var form = kind < 30 || subject.agreement().person() == 2 ? new Form.PerfectAsPast()
                    : kind < 42 && !verb.isBe()
                            ? modal(dice.one(Lexicon.MODALS.subList(0, 3)), true)
                    : new Form.Preterite();
            if (form instanceof Form.PerfectAsPast)
                seen.add(Phenomenon.PERFECT);
            if (form instanceof Form.PerfectAsPast || dice.chance(25))
                parts.add(new Part(Slot.TIME, before()));
            return form;
        }
        if (kind < 12)
            return noted(Phenomenon.PERFECT, new Form.Perfect());
        if (kind < 30 && !verb.isBe())
            return sometimes(30, today(), parts, modal(dice.one(Lexicon.MODALS), false));
        if (kind < 42 && !timeless)
            return sometimes(30, tomorrow(), parts, noted(Phenomenon.FUTURE, new Form.Future()));
        if (kind >= 42 && kind < 50 && !verb.isBe() && !timeless)
            return sometimes(100, tomorrow(), parts, noted(Phenomenon.FUTURE, new Form.PresentAsFuture()));
        if (kind >= 50 && kind < 65 && !verb.isBe() && !verb.isState())
            return kind < 57 ? progressive(parts) : liking(parts);
        if (dice.chance(15))
            parts.add(new Part(Slot.FREQUENCY, dice.one(Lexicon.OFTEN).fresh()));
        return sometimes(30, today(), parts, new Form.Present());
    }

    private Form plainForm() {
        return past ? new Form.Preterite() : new Form.Present();
    }

    private Form progressive(List<Part> parts) {
        var link = new Link();
        parts.add(new Part(Slot.MANNER, new Phrase(List.of(new Word("gerade", link)), List.of())));
        return noted(Phenomenon.PROGRESSIVE, new Form.Progressive(link));
    }

    private Form liking(List<Part> parts) {
        var link = new Link();
        parts.add(new Part(Slot.MANNER, new Phrase(List.of(new Word("gern", link)), List.of())));
        return noted(Phenomenon.LIKING, new Form.Liking(link));
    }

    private Form modal(Modal modal, boolean past) {
        return noted(Phenomenon.MODAL, new Form.WithModal(modal, past));
    }

    private Form noted(Phenomenon phenomenon, Form form) {
        seen.add(phenomenon);
        return form;
    }

    private Form sometimes(int percent, Phrase time, List<Part> parts, Form form) {
        if (dice.chance(percent))
            parts.add(new Part(Slot.TIME, time));
        return form;
    }

    private Phrase today() {
        if (dice.chance(65))
            return dice.one(Lexicon.TODAY).fresh();
        int hour = 2 + dice.below(11);
        if (dice.chance(50))
            return Phrase.of("um", "at").plus(Lexicon.number(hour)).plus(Phrase.of("Uhr", "o'clock"));
        return Phrase.of("um", "at").plus(Phrase.of("halb:1 " + Lexicon.number(hour).german().getFirst().text() + ":2",
                "half:1 past:1 " + Lexicon.number(hour - 1).english().getFirst().text() + ":2"));
    }

    private Phrase tomorrow() {
        return dice.one(Lexicon.TOMORROW).fresh();
    }

    private Phrase before() {
        int kind = dice.below(10);
        if (kind < 4)
            return dice.one(Lexicon.YESTERDAY).fresh();
        if (kind < 6) {
            var ago = new Link();
            var span = Lexicon.number(2 + dice.below(11)).plus(dice.one(Lexicon.UNITS).fresh());
            return new Phrase(Phrase.chain(List.of(new Word("vor", ago)), span.german()),
                    Phrase.chain(span.english(), List.of(new Word("ago", ago))));
        }
        seen.add(Phenomenon.DATE);
        int index = dice.below(12);
        var month = Lexicon.MONTHS.get(index).fresh();
        int year = 1950 + dice.below(75);
        if (kind < 8)
            return Phrase.of("im", "in").plus(month).plus(Phrase.of("" + year, "" + year));
        int day = 1 + dice.below(YearMonth.of(year, index + 1).lengthOfMonth());
        return Phrase.of("am:1 " + day + ".:2 " + month.german().getFirst().text() + ":3 " + year + ":4",
                "on:1 " + month.english().getFirst().text() + ":3 " + day + ":2 , " + year + ":4");
    }

    private Phrase number() {
        seen.add(Phenomenon.NUMBER);
        return Lexicon.number(dice.chance(60) ? 2 + dice.below(11) : 13 + dice.below(87));
    }

    // Who and what

    private Nominal subject() {
        var pronouns = List.of(Nominal.Pronoun.I, Nominal.Pronoun.YOU, Nominal.Pronoun.HE, Nominal.Pronoun.SHE,
                Nominal.Pronoun.WE, Nominal.Pronoun.THEY);
        int kind = dice.below(100);
        if (kind < 33)
            return dice.one(pronouns);
        if (kind < 50)
            return person();
        if (kind < 93)
            return nounPhrase(Lexicon.PEOPLE, Optional.empty());
        seen.add(Phenomenon.COORDINATION);
        return new Nominal.Both(nounPhrase(Lexicon.PEOPLE, Optional.empty()), dice.chance(50)
                ? person() : nounPhrase(Lexicon.PEOPLE, Optional.empty()));
    }

    private Nominal objectOf(List<Noun> nouns, Case c, Nominal subject) {
        if (c == Case.DATIVE)
            seen.add(Phenomenon.DATIVE);
        if (nouns != Lexicon.PEOPLE || !dice.chance(35))
            return nounPhrase(nouns, Optional.of(subject));
        if (dice.chance(45))
            return person();
        var pronouns = new ArrayList<>(
                List.of(Nominal.Pronoun.I, Nominal.Pronoun.YOU, Nominal.Pronoun.HE, Nominal.Pronoun.WE));
        if (c == Case.DATIVE)
            pronouns.addAll(List.of(Nominal.Pronoun.SHE, Nominal.Pronoun.THEY));
        pronouns.removeIf(pronoun -> pronoun.agreement().person() < 3
                && pronoun.agreement().person() == subject.agreement().person());
        return dice.one(pronouns);
    }

    /// Objects that no one takes for the subject may stand first: den Mann, dem Mann, der Frau.
    private static Part part(Nominal object, Case c) {
        if (object instanceof Nominal.Pronoun)
            return new Part(Slot.PRONOUN, object.in(c));
        boolean marked = object instanceof Nominal.NounPhrase phrase
                && (object.isMarked() || c == Case.DATIVE && phrase.determiner() != Determiner.NONE)
                && phrase.determiner() != Determiner.NO;
        var slot = c == Case.DATIVE ? Slot.DATIVE : object.isDefinite() ? Slot.DEFINITE : Slot.INDEFINITE;
        return new Part(slot, object.in(c), marked);
    }

    private Nominal.Name person() {
        seen.add(Phenomenon.NAME);
        return names.person(dice);
    }

    private Nominal.Name city() {
        seen.add(Phenomenon.NAME);
        return names.city(dice);
    }

    private Nominal.NounPhrase nounPhrase(List<Noun> nouns, Optional<Nominal> owner) {
        var noun = dice.one(nouns);
        if (noun.ambiguous())
            seen.add(Phenomenon.HOMONYM);
        if (noun.compound())
            seen.add(Phenomenon.COMPOUND);
        boolean plural = noun.hasPlural() && dice.chance(28);
        var number = plural && dice.chance(25) ? number() : Phrase.NOTHING;
        var determiner = !number.isEmpty() ? dice.chance(75) ? Determiner.NONE : Determiner.THE
                : Lexicon.DRINKS.contains(noun) && dice.chance(70) ? Determiner.NONE : determiner(noun, plural, owner);
        var adjective = Optional.<Adjective>empty();
        if (dice.chance(25)) {
            seen.add(Phenomenon.ADJECTIVE);
            adjective = Optional.of(dice.one(adjectives(noun)));
        }
        var relative = Lexicon.DRINKS.contains(noun) || !spend(20) ? Phrase.NOTHING : relative(noun, plural);
        return new Nominal.NounPhrase(determiner, new Link(), number, adjective, noun, plural, relative);
    }

    private static List<Adjective> adjectives(Noun noun) {
        return Lexicon.PEOPLE.contains(noun) ? Lexicon.OF_PEOPLE : Lexicon.DRINKS.contains(noun) ? Lexicon.OF_DRINKS
                : Lexicon.GOODS.contains(noun) ? Lexicon.OF_THINGS : Lexicon.OF_THINGS.subList(0, 5);
    }

    private Determiner determiner(Noun noun, boolean plural, Optional<Nominal> owner) {
        int kind = dice.below(100);
        if (kind < 45)
            return Determiner.THE;
        if (kind < 68)
            return !plural && (Lexicon.DRINKS.contains(noun) || !noun.hasPlural()) ? Determiner.THE : plural
                    ? Determiner.NONE : Determiner.A;
        if (kind < 76)
            return Determiner.THIS;
        if (kind < 84)
            return !plural ? noun.hasPlural() ? Determiner.EVERY : Determiner.THE
                    : dice.one(List.of(Determiner.ALL, Determiner.MANY, Determiner.SOME));
        seen.add(Phenomenon.POSSESSIVE);
        return owner.flatMap(this::possessive)
                .orElse(dice.one(List.of(Determiner.MY, Determiner.OUR, Determiner.YOUR)));
    }

    /// His, her and their are the subject's.
    private Optional<Determiner> possessive(Nominal owner) {
        if (owner.agreement().person() == 1)
            return Optional.of(owner.agreement().plural() ? Determiner.OUR : Determiner.MY);
        if (owner.agreement().person() == 2)
            return Optional.of(Determiner.YOUR);
        if (owner.agreement().plural())
            return Optional.of(Determiner.THEIR);
        return gender(owner).flatMap(gender -> switch (gender) {
            case MASCULINE -> Optional.of(Determiner.HIS);
            case FEMININE -> Optional.of(Determiner.HER);
            case NEUTER -> Optional.empty();
        });
    }

    private static Optional<Gender> gender(Nominal nominal) {
        return switch (nominal) {
            case Nominal.Name name -> name.gender();
            case Nominal.NounPhrase phrase -> Optional.of(phrase.noun().gender());
            case Nominal.Pronoun pronoun -> pronoun == Nominal.Pronoun.HE ? Optional.of(Gender.MASCULINE)
                    : pronoun == Nominal.Pronoun.SHE ? Optional.of(Gender.FEMININE) : Optional.empty();
            case Nominal.Both _, Nominal.Gap _, Nominal.There _ -> Optional.empty();
        };
    }

    /// A relative clause: about its subject, or about an object, if then the form of its subject leaves no doubt which
    /// is which.
    private Phrase relative(Noun noun, boolean plural) {
        seen.add(Phenomenon.RELATIVE);
        boolean person = Lexicon.PEOPLE.contains(noun);
        var frames = Lexicon.FRAMES.stream()
                .filter(frame -> frame.kind() != Frame.Kind.BOTH && frame.objects().contains(noun)).toList();
        var gap = new Nominal.Gap(Agreement.third(plural));
        if (frames.isEmpty() || person && dice.chance(50) || !person && dice.chance(20)) {
            var pronoun = Phrase.of(Endings.relative(Case.NOMINATIVE, noun.gender(), plural), person ? "who" : "that");
            return aside(nested(() -> (person ? about(gap)
                    : new Clause(gap, Lexicon.SEIN, past ? new Form.Preterite() : new Form.Present(),
                            new Part(Slot.PREDICATE,
                                    Phrase.of("sehr", "very").plus(dice.one(adjectives(noun)).plain()))))
                    .subordinate(pronoun)));
        }
        var frame = dice.one(frames);
        var pronoun = frame.preposition().map(preposition -> preposition.relative(noun.gender(), plural, person))
                .orElse(Phrase.of(Endings.relative(frame.governed(), noun.gender(), plural), person ? "whom" : "that"));
        var marked = until(Nominal::isMarked, this::subject);
        return aside(nested(() -> open(frame, marked).subordinate(pronoun)));
    }

    // Room, depth, and what has been seen

    private boolean spend(int percent) {
        if (room == 0 || !dice.chance(percent))
            return false;
        room--;
        return true;
    }

    /// Draws without clauses.
    private <T> T light(Supplier<T> draw) {
        int saved = room;
        room = 0;
        var drawn = draw.get();
        room = saved;
        return drawn;
    }

    /// Draws again until it fits, and forgets what was drawn in vain.
    private <T> T until(Predicate<T> fits, Supplier<T> draw) {
        while (true) {
            var seenBefore = EnumSet.copyOf(seen);
            int roomBefore = room;
            var drawn = draw.get();
            if (fits.test(drawn))
                return drawn;
            seen = seenBefore;
            room = roomBefore;
        }
    }

    private Phrase nested(Supplier<Phrase> clause) {
        seen.add(Phenomenon.SUBORDINATE);
        if (++depth > 1)
            seen.add(Phenomenon.NESTED);
        var phrase = clause.get();
        depth--;
        return phrase;
    }

    /// Between commas in German.
    private static Phrase aside(Phrase phrase) {
        return Phrase.comma().plus(phrase).plus(Phrase.comma());
    }

    private void note(Verb verb) {
        if (!verb.prefix().isEmpty())
            seen.add(Phenomenon.SEPARABLE);
        if (verb.reflexive())
            seen.add(Phenomenon.REFLEXIVE);
    }

    private static String reflexive(Agreement a) {
        return a.person() == 3 ? "sich" : a.plural() ? "uns" : a.person() == 1 ? "mich" : "dich";
    }
}
