package io.coapgate.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SpareTest {

    private static final int ROUNDS = 100_000;

    @Test
    void whatIsPutIsTakenOnce() {
        Spare<String> spare = new Spare<>();
        assertThat(spare.take()).isNull();
        spare.put("one");
        assertThat(spare.take()).isEqualTo("one");
        assertThat(spare.take()).isNull();
    }

    @Test
    void onlyOneIsKept() {
        Spare<String> spare = new Spare<>();
        spare.put("one");
        spare.put("two");
        assertThat(spare.take()).isEqualTo("two");
        assertThat(spare.take()).isNull();
    }

    @Test
    void twoThreadsNeverHaveTheSame() throws Exception {
        Spare<AtomicBoolean> spare = new Spare<>();
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Integer> user = () -> {
            start.await(10, TimeUnit.SECONDS);
            int shared = 0;
            for (int i = 0; i < ROUNDS; i++) {
                AtomicBoolean mine = spare.take();
                if (mine == null) {
                    mine = new AtomicBoolean();
                }
                if (!mine.compareAndSet(false, true)) {
                    shared++; // the other thread is using it
                }
                mine.set(false);
                spare.put(mine);
            }
            return shared;
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> counts = new ArrayList<>(List.of(threads.submit(user), threads.submit(user)));
            for (Future<Integer> count : counts) {
                assertThat(count.get(30, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
