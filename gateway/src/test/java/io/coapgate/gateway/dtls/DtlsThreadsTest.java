package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.upstream.EventLoopExecutor;
import io.coapgate.gateway.upstream.Upstreams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsThreadsTest {
    private static final String BESIDE = "beside";

    private final Upstreams upstreams = Upstreams.open(List.of(), 2);
    private final EventLoopExecutor loops = upstreams.executor();
    private final ExecutorService handshakes = Executors.newSingleThreadExecutor(task -> new Thread(task, BESIDE));
    private final DtlsThreads threads = new DtlsThreads(loops, handshakes);

    @AfterEach
    void close() {
        handshakes.shutdownNow();
        upstreams.close().toCompletableFuture().join();
    }

    @Test
    void takesWhatItIsNotToldForHandshakes() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        threads.execute(() -> ran.complete(place()));
        assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo(BESIDE);
    }

    @Test
    void runsOnTheLoopsWhatIsMarkedForThem() throws Exception {
        CompletableFuture<String> marked = new CompletableFuture<>();
        threads.onLoops(() -> threads.execute(() -> marked.complete(place())));
        assertThat(marked.get(20, TimeUnit.SECONDS)).isEqualTo("loop");

        takesWhatItIsNotToldForHandshakes(); // the mark has gone
    }

    @Test
    void letsALoopGoOnWithWhatItHasBegun() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        loops.execute(() -> threads.execute(() -> ran.complete(place())));
        assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo("loop");
    }

    @Test
    void takesFromALoopTheHandshakeWhoseAnswerCameThere() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        loops.execute(() -> threads.besideLoops(() -> threads.execute(() -> ran.complete(place()))));
        assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo(BESIDE);
    }

    private String place() {
        return loops.isOwnThread() ? "loop" : Thread.currentThread().getName();
    }
}
