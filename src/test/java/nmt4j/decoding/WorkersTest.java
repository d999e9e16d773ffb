package nmt4j.decoding;

import nmt4j.model.AttentionListener;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is searched together, seen by a search that finds nothing.
@Timeout(60)
class WorkersTest {
    private static final Predictor NONE = TablePredictor.of(1, _ -> new double[] {1});

    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

    @Test
    void batchesHoldSentencesOfLikeLengthUnderTheBudget() {
        search(1, 11, noting(), 3, 9, 2, 30, 4, 3); // each sentence counts one token more
        assertEquals(List.of(List.of(30), List.of(9), List.of(4, 3), List.of(3, 2)), batches);
    }

    @Test
    void aSentenceCountsOnceForEachHypothesisOfABeam() {
        search(1, 11, wide(2), 4, 2, 1, 3);
        assertEquals(List.of(List.of(4), List.of(3), List.of(2, 1)), batches);
    }

    @Test
    void oneSentenceIsTakenHoweverWideTheSearch() {
        search(2, 11, wide(Long.MAX_VALUE / 100), 4, 2);
        batches.sort(Comparator.comparing(List::getFirst));
        assertEquals(List.of(List.of(2), List.of(4)), batches);
    }

    /// Notes what it is given, with so many hypotheses of each.
    private Search wide(long width) {
        var noting = noting();
        return new Search() {
            @Override
            public long width(Sentence sentence) {
                return width;
            }

            @Override
            public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
                return noting.search(predictor, sentences);
            }
        };
    }

    @Test
    void threadsShareWhatThereIs() {
        var bothAreThere = new CyclicBarrier(2);
        search(2, 1000, (predictor, sentences) -> {
            await(bothAreThere);
            return noting().search(predictor, sentences);
        }, 9, 8, 7, 6, 5, 4);
        batches.sort(Comparator.comparing(List::getFirst));
        assertEquals(List.of(List.of(6, 5, 4), List.of(9, 8, 7)), batches);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereSentencesAreDoneOthersComeEveryFewSteps() {
        Search oneAStep = new Search() {
            @Override
            public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
                throw new AssertionError("nobody asks for a whole batch");
            }

            @Override
            public void search(Predictor predictor, List<Order> orders, Supplier<List<Order>> more) {
                note(Order.sentences(orders));
                var left = new ArrayList<>(orders);
                while (!left.isEmpty()) {
                    left.removeFirst().taker().accept(List.of());
                    var others = more.get();
                    if (!others.isEmpty()) note(Order.sentences(others));
                    left.addAll(others);
                }
            }
        };
        var lengths = new int[14];
        Arrays.fill(lengths, 1);
        search(1, 12, oneAStep, lengths); // six at once, and after four steps four that take the place of four
        assertEquals(List.of(6, 4, 4), batches.stream().map(List::size).toList());
    }

    @Test
    void whatIsSearchedInAnotherWayIsNotSearchedTogether() {
        var search = noting();
        var other = noting();
        try (var workers = new Workers(1, 100, () -> NONE)) {
            var works = List.of(work(search, 3), work(search, 3), work(other, 3), work(search, 3));
            workers.add(works.stream().flatMap(work -> work.pieces().stream()).toList());
            works.forEach(work -> assertTrue(work.translation().join().failure().isEmpty()));
        }
        assertEquals(List.of(List.of(3, 3), List.of(3), List.of(3)), batches);
    }

    private void search(int threads, int budget, Search search, int... lengths) {
        var work = work(search, lengths);
        try (var workers = new Workers(threads, budget, () -> NONE)) {
            workers.add(work.pieces());
            assertTrue(work.translation().join().failure().isEmpty());
        }
    }

    private static Work work(Search search, int... lengths) {
        return work(search, (_, _) -> List.of(), lengths);
    }

    private static Work work(Search search, Work.Writer writer, int... lengths) {
        return new Work(Request.of(1, ""), search,
                Arrays.stream(lengths).mapToObj(length -> new Sentence(1, new int[length])).toList(), writer);
    }

    private Search noting() {
        return (_, sentences) -> {
            note(sentences);
            return Collections.nCopies(sentences.size(), List.of());
        };
    }

    private void note(List<Sentence> sentences) {
        batches.add(sentences.stream().map(Sentence::length).toList());
    }

    @Test
    void whatNobodyWaitsForIsNotSearched() throws InterruptedException {
        var searching = new CyclicBarrier(2);
        Search waiting = (predictor, sentences) -> {
            await(searching);
            await(searching);
            return noting().search(predictor, sentences);
        };
        var first = work(waiting, 9);
        var cancelled = work(waiting, 8);
        var last = work(noting(), 7);
        try (var workers = new Workers(1, 10, () -> NONE)) {
            workers.add(first.pieces());
            await(searching);
            workers.add(cancelled.pieces());
            workers.add(last.pieces());
            cancelled.cancel();
            await(searching);
            assertTrue(last.translation().join().failure().isEmpty());
        }
        assertTrue(cancelled.translation().join().failure().isPresent());
        assertEquals(List.of(List.of(9), List.of(7)), batches);
    }

    @Test
    void whateverGoesWrongBehindTheSearchIsTheLinesFailure() throws Exception {
        for (var wrong : List.of(new LinkageError(), new AssertionError(), new IllegalStateException())) {
            var work = work(noting(), (_, _) -> {
                throw unchecked(wrong);
            }, 3);
            try (var workers = new Workers(1, 10, () -> NONE)) {
                workers.add(work.pieces());
                assertSame(wrong, work.translation().get(20, TimeUnit.SECONDS).failure().orElseThrow());
            }
        }
    }

    private static RuntimeException unchecked(Throwable wrong) {
        if (wrong instanceof Error error) throw error;
        return (RuntimeException) wrong;
    }

    @Test
    void aSearchWithoutEndEndsWithTheWorkers() throws InterruptedException {
        var searching = new CountDownLatch(1);
        Search endless = (predictor, sentences) -> {
            searching.countDown();
            for (var state = predictor.start(sentences);;) state.step(new int[] {0}, AttentionListener.NONE);
        };
        var work = work(endless, 1);
        try (var workers = new Workers(1, 10, () -> NONE)) {
            workers.add(work.pieces());
            searching.await();
        }
        assertTrue(work.translation().join().failure().isPresent());
    }
}
