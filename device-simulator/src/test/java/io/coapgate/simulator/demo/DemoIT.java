package io.coapgate.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.CommandLine;
import io.coapgate.simulator.House;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The demo, and the commands that it prints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {
    private static final String LAST_LINE = "Ctrl-C ends the demo";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ExecutorService stage = Executors.newSingleThreadExecutor();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

    @BeforeAll
    void runUntilItStays() {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        stage.execute(() -> {
            try {
                new Demo(print, Paint.PLAIN, House.CLOCK, House.RANDOM).run(false);
                ended.complete(new AssertionError("the demo did not stay"));
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> output().contains(LAST_LINE) || ended.isDone());
        assertThat(output()).contains(LAST_LINE);
    }

    @AfterAll
    void interruptIt() throws Exception {
        Path key = Path.of(command("coap-client-gnutls").get(2));
        stage.shutdownNow();
        assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(key).doesNotExist();
        assertThat(key.getParent()).doesNotExist();
    }

    @Test
    void passesItsOwnChecks() {
        assertThat(output()).doesNotContain("FAILED").contains("All as it should be");
    }

    @Test
    void showsACwtBesideTheJwtItBecame() {
        assertThat(output())
                .contains("CWT from the device:", "JWT to the service:", "\"typ\":\"at+jwt\"")
                .containsPattern("sub +valve-3 +valve-3")
                .containsPattern("aud +coapgate +https://backend.example");
    }

    @Test
    void fitsATerminal() {
        assertThat(output().lines().filter(line -> !line.contains("coap-client")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void printsACommandForOpenSslThatWorks() throws Exception {
        assertWorks("coap-client-openssl", "meter-7");
    }

    @Test
    void printsACommandForGnuTlsThatWorks() throws Exception {
        assertWorks("coap-client-gnutls", "valve-3");
    }

    private void assertWorks(String client, String device) throws Exception {
        CommandLine.require(client);
        assertThat(CommandLine.run(command(client)).output())
                .contains("\"verdict\":\"accepted\"", "\"sub\":\"" + device + "\"");
    }

    /** The words of the printed command of this client. */
    private List<String> command(String client) {
        String line = output().lines()
                .filter(text -> text.strip().startsWith(client))
                .findFirst()
                .orElseThrow();
        return List.of(line.strip().split(" ", -1));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
