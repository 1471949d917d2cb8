package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_INVALID;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_TIMEOUT;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses that are read as they come, from a server that does as it likes. */
@Timeout(60)
class StreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventLoops loops = EventLoops.start(1);

    @AfterEach
    void stop() {
        loops.close().toCompletableFuture().join();
    }

    /** Keeps what it reads. */
    private static final class Recorder implements BodyReader {
        /** Guarded by this. */
        private final StringBuilder text = new StringBuilder();

        private final AtomicInteger status = new AtomicInteger();
        private final CompletableFuture<Optional<UpstreamException>> end = new CompletableFuture<>();
        private final int maxCharacters;

        Recorder(int maxCharacters) {
            this.maxCharacters = maxCharacters;
        }

        @Override
        public boolean begin(UpstreamResponse head) {
            status.set(head.status());
            return maxCharacters > 0;
        }

        @Override
        public synchronized boolean read(byte[] piece) {
            text.append(new String(piece, StandardCharsets.ISO_8859_1));
            return text.length() < maxCharacters;
        }

        synchronized String text() {
            return text.toString();
        }

        @Override
        public void end(Optional<UpstreamException> failure) {
            end.complete(failure);
        }

        Optional<Refusal> failure() throws Exception {
            return end.get(20, TimeUnit.SECONDS).map(UpstreamException::reason);
        }
    }

    private Streams streams(RawServer server, Duration maxSilence) {
        UpstreamSettings settings = Neighbourhood.settings(server);
        Target target = Target.open(server.url(), settings, loops, System::nanoTime);
        return new Streams(new Targets(settings.name(), target), maxSilence);
    }

    private static UpstreamRequest request(Duration headTimeout) {
        return new UpstreamRequest(
                HttpMethod.GET,
                "/events",
                List.of(new Header("accept", "text/event-stream")),
                new BearerToken("a.b.c", Instant.MAX),
                new byte[0],
                headTimeout);
    }

    @Test
    void isReadPieceByPieceUntilTheServerEndsIt() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.write(HEAD);
            peer.write("data: 1\n\n");
            peer.pause(50);
            peer.write("data: 2\n\n");
        })) {
            Recorder recorder = new Recorder(1000);
            streams(server, PATIENCE).open(request(PATIENCE), recorder);
            assertThat(recorder.failure()).isEmpty();
            assertThat(recorder.status).hasValue(200);
            assertThat(recorder.text()).isEqualTo("data: 1\n\ndata: 2\n\n");
            assertThat(server.requests().get(0))
                    .contains("authorization: Bearer a.b.c")
                    .contains("GET /events ");
        }
    }

    @Test
    void endsWhenTheReaderHasEnough() throws Exception {
        try (RawServer server = endless()) {
            Streams streams = streams(server, PATIENCE);
            Recorder recorder = new Recorder(10_000);
            streams.open(request(PATIENCE), recorder);
            Awaitility.await().atMost(PATIENCE).until(() -> server.ended() == 1 && streams.open() == 0);
            assertThat(recorder.end).isNotDone();
        }
    }

    @Test
    void endsWhenTheReaderWantsNoneOfIt() throws Exception {
        try (RawServer server = endless()) {
            Streams streams = streams(server, PATIENCE);
            streams.open(request(PATIENCE), new Recorder(0));
            Awaitility.await().atMost(PATIENCE).until(() -> server.ended() == 1 && streams.open() == 0);
        }
    }

    private static RawServer endless() throws Exception {
        return RawServer.start(peer -> {
            peer.read();
            peer.write(HEAD);
            while (true) {
                peer.write("x".repeat(1000));
            }
        });
    }

    @Test
    void endsWhenItIsClosed() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.write(HEAD + "data: 1\n\n");
            peer.awaitEnd();
        })) {
            Streams streams = streams(server, PATIENCE);
            Recorder recorder = new Recorder(1000);
            BodyStream stream = streams.open(request(PATIENCE), recorder);
            Awaitility.await().atMost(PATIENCE).until(() -> recorder.text().length() > 0);
            stream.close();
            stream.close();
            Awaitility.await().atMost(PATIENCE).until(() -> server.ended() == 1);
            assertThat(streams.open()).isZero();
            assertThat(recorder.end).isNotDone();
        }
    }

    @Test
    void failsWithoutAHeadInTime() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.awaitEnd();
        })) {
            Recorder recorder = new Recorder(1000);
            streams(server, PATIENCE).open(request(Duration.ofMillis(200)), recorder);
            assertThat(recorder.failure()).contains(UPSTREAM_TIMEOUT);
        }
    }

    @Test
    void failsAfterTooLongASilence() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.write(HEAD + "data: 1\n\n");
            peer.awaitEnd();
        })) {
            Recorder recorder = new Recorder(1000);
            streams(server, Duration.ofMillis(300)).open(request(PATIENCE), recorder);
            assertThat(recorder.failure()).contains(UPSTREAM_TIMEOUT);
            assertThat(recorder.text()).isEqualTo("data: 1\n\n");
        }
    }

    @Test
    void livesLongerThanTheTimeForTheHeadIfSomethingComes() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.write(HEAD);
            for (int i = 0; i < 15; i++) {
                peer.write(":\n\n");
                peer.pause(100);
            }
        })) {
            Recorder recorder = new Recorder(1000);
            streams(server, Duration.ofSeconds(5)).open(request(Duration.ofSeconds(1)), recorder);
            assertThat(recorder.failure()).isEmpty();
            assertThat(recorder.text()).hasSize(45);
        }
    }

    @Test
    void failsWithTheConnection() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\ndata:\r\n");
            peer.pause(100);
            peer.reset();
        })) {
            Recorder recorder = new Recorder(1000);
            streams(server, PATIENCE).open(request(PATIENCE), recorder);
            assertThat(recorder.failure()).contains(UPSTREAM_UNREACHABLE);
        }
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        RawServer server = RawServer.answering("");
        server.close();
        Recorder recorder = new Recorder(1000);
        streams(server, PATIENCE).open(request(PATIENCE), recorder);
        assertThat(recorder.failure()).contains(UPSTREAM_UNREACHABLE);
    }

    @Test
    void failsOnWhatIsNoHttp() throws Exception {
        try (RawServer server = RawServer.answering("HELLO\r\n\r\n")) {
            Recorder recorder = new Recorder(1000);
            streams(server, PATIENCE).open(request(PATIENCE), recorder);
            assertThat(recorder.failure()).contains(UPSTREAM_RESPONSE_INVALID);
        }
    }

    @Test
    void areBounded() throws Exception {
        try (RawServer server = RawServer.start(peer -> {
            peer.read();
            peer.awaitEnd();
        })) {
            Streams streams = streams(server, PATIENCE);
            for (int i = 0; i < Streams.MAX_STREAMS; i++) {
                streams.open(request(PATIENCE), new Recorder(1000));
            }
            Recorder recorder = new Recorder(1000);
            streams.open(request(PATIENCE), recorder);
            assertThat(recorder.failure()).contains(Refusal.UPSTREAM_BUSY);
        }
    }
}
