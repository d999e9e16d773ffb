package nmt4j.lexicon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// das Haus – the house, das Buch – the book, ein Buch – a book (Koehn 2010, figure 4.4).
class IbmModel1Test {
    private static final int DAS = 4, HAUS = 5, BUCH = 6, EIN = 7;
    private static final int THE = 4, HOUSE = 5, BOOK = 6, A = 7;

    static IdPairs pairs() {
        var pairs = new IdPairs();
        pairs.add(new int[] {DAS, HAUS}, new int[] {THE, HOUSE});
        pairs.add(new int[] {DAS, BUCH}, new int[] {THE, BOOK});
        pairs.add(new int[] {EIN, BUCH}, new int[] {A, BOOK});
        return pairs;
    }

    /// At first das has 1/3 for each of the, house and book, Haus 1/2, Buch 1/3, ein 1/2, the empty word 1/4. So in the first
    /// pair das gets (1/3) / (1/3 + 1/2 + 1/4) = 4/13 of each word, in the second (1/3) / (1/3 + 1/3 + 1/4) = 4/11; the empty
    /// word 3/13, 3/11 and (third pair) 3/13.
    @Test
    void oneIterationByHand() {
        var model = IbmModel1.learn(pairs(), 8, 8, 1);
        assertEquals(0.5, model.probability(DAS, THE), 1e-6);
        assertEquals((4 / 13.0) / (8 / 13.0 + 8 / 11.0), model.probability(DAS, HOUSE), 1e-6);
        assertEquals((4 / 11.0) / (8 / 13.0 + 8 / 11.0), model.probability(DAS, BOOK), 1e-6);
        assertEquals(0, model.probability(DAS, A));
        assertEquals((3 / 13.0 + 3 / 11.0) / (12 / 13.0 + 6 / 11.0), model.probability(8, THE), 1e-6);
    }

    @Test
    void eachWordFindsItsTranslation() {
        var model = IbmModel1.learn(pairs(), 8, 8, 10);
        for (int word = DAS; word <= EIN; word++) {
            assertEquals(word, model.likeliest(word, 1, 0)[0]);
            double sum = 0;
            for (int e = 0; e < 8; e++) sum += model.probability(word, e);
            assertEquals(1, sum, 1e-6);
        }
        assertTrue(model.probability(HAUS, HOUSE) > 0.7);
        assertEquals(0, model.likeliest(DAS, 3, 0.9999).length);
    }

    @Test
    void aSentenceMayHaveWhatItsOwnWordsMayBecomeAndWhatIsFrequent() {
        var pairs = pairs();
        var shortlist = Shortlist.of(IbmModel1.learn(pairs, 8, 8, 10), pairs, 8, 8, new Shortlist.Size(1, 1, 0));
        assertArrayEquals(new int[] {0, 3, THE, HOUSE}, shortlist.ids(new int[] {HAUS}, List.of()));
        assertArrayEquals(new int[] {0, 3, THE, BOOK, A},
                shortlist.ids(new int[] {BUCH}, List.of(new int[] {A, BOOK})));
        assertArrayEquals(new int[] {0, 3, THE}, shortlist.ids(new int[] {0}, List.of()));
        var fit = shortlist.fit(pairs);
        assertEquals(1, fit.covered());
        assertEquals((4 + 4 + 5) / 3.0, fit.kept(), 1e-9);
    }
}
