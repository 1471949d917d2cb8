package io.coapgate.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopExecutorTest {
    private static final int LOOPS = 3;

    private final Upstreams upstreams = Upstreams.open(List.of(), LOOPS);
    private final EventLoopExecutor executor = upstreams.executor();

    @AfterEach
    void close() {
        upstreams.close().toCompletableFuture().join();
    }

    @Test
    void spreadsOverAllLoopsWhatComesFromElsewhere() throws Exception {
        Set<Thread> threads = new HashSet<>();
        for (int i = 0; i < LOOPS; i++) {
            threads.add(run(executor));
        }
        assertThat(threads).hasSize(LOOPS);
        assertThat(executor.isOwnThread()).isFalse();
    }

    @Test
    void keepsOnItsThreadWhatALoopHandsOver() throws Exception {
        CompletableFuture<List<Thread>> seen = new CompletableFuture<>();
        executor.execute(() -> handOver(new ArrayList<>(), seen));

        assertThat(new HashSet<>(seen.get(20, TimeUnit.SECONDS))).hasSize(1);
    }

    private void handOver(List<Thread> threads, CompletableFuture<List<Thread>> seen) {
        threads.add(Thread.currentThread());
        if (threads.size() > LOOPS) {
            seen.complete(threads);
        } else {
            executor.execute(() -> handOver(threads, seen));
        }
    }

    @Test
    void runsWhatALoopHandsOverAfterWhatItDoesNow() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        executor.execute(() -> {
            executor.execute(() -> {
                order.add("then");
                done.complete(order);
            });
            order.add("first");
        });
        assertThat(done.get(20, TimeUnit.SECONDS)).containsExactly("first", "then");
    }

    @Test
    void leavesTheEndOfTheLoopsToTheirOwner() {
        assertThatThrownBy(executor::shutdown).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(executor::shutdownNow).isInstanceOf(UnsupportedOperationException.class);
        assertThat(executor.isShutdown()).isFalse();

        upstreams.close().toCompletableFuture().join();
        assertThat(executor.isShutdown()).isTrue();
    }

    private static Thread run(EventLoopExecutor executor) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        executor.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(20, TimeUnit.SECONDS);
    }
}
