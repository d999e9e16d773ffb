package nmt4j.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// One kind of spoilt input.
interface Fuzzer {
    /// All kinds.
    static List<Fuzzer> all() {
        return List.of(new SpoiltConfig(), new SpoiltCorpus(), new SpoiltModel(), new SpoiltVocabulary(),
                new SpoiltLines());
    }

    /// Writes files, spoilt as `random` says, and tells how to read them.
    ///
    /// @param folder  kept from one input to the next: what all need is made once
    Attempt attempt(Path folder, Random random) throws IOException;
}
