package io.coapgate.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.coapgate.simulator.CommandLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports in headless Chromium, all of whose requests come to a proxy of the test: the plots are drawn, nothing is asked
 * for, and the console stays empty.
 */
class ReportInBrowserIT {
    private static final String CHROMIUM = "chromium";
    private static final String CONSOLE = ":CONSOLE:";

    private final Queue<String> requested = new ConcurrentLinkedQueue<>();
    private HttpServer proxy;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void start() throws IOException {
        CommandLine.require(CHROMIUM, CHROMIUM);
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            requested.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(502, -1);
            exchange.close();
        });
        proxy.start();
    }

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.stop(0);
        }
    }

    @Test
    void drawsAllPlotsOfARunAndAsksForNothing() throws Exception {
        String shown = open(HtmlReport.of(new NamedRun("restart", SampleRun.failed("5.03 </script><b>"))));
        assertThat(shown).contains("data-plots=\"9\"").contains("class=\"u-legend");
        assertThat(count(shown, "<canvas")).isEqualTo(9);
        assertThat(shown).doesNotContain(CONSOLE);
        assertThat(requestedByThePage()).isEmpty();
    }

    @Test
    void drawsAllPlotsOfTwoRunsAndAsksForNothing() throws Exception {
        Comparison comparison = new Comparison(
                new NamedRun("a.json", SampleRun.passed()), new NamedRun("b.json", SampleRun.failed("5.03")));
        String shown = open(HtmlReport.of(comparison));
        assertThat(count(shown, "<canvas")).isEqualTo(9);
        assertThat(shown).doesNotContain(CONSOLE);
        assertThat(requestedByThePage()).isEmpty();
    }

    @Test
    void drawsARunThatNothingCameOf() throws Exception {
        String shown = open(HtmlReport.of(new NamedRun("empty", SampleRun.empty())));
        assertThat(shown).contains("data-plots=\"").doesNotContain(CONSOLE);
    }

    /** Shows that the checks above could fail. */
    @Test
    void wouldSeeARequestAndAnError() throws Exception {
        String shown = open("<img src='http://elsewhere.example/pixel.png'><script>missing.call()</script>");
        assertThat(shown).contains(CONSOLE, "missing is not defined");
        assertThat(requestedByThePage()).containsExactly("http://elsewhere.example/pixel.png");
    }

    @Test
    void letsNoScriptRunThatIsNotItsOwn() throws Exception {
        String html = HtmlReport.of(new NamedRun("restart", SampleRun.passed()))
                .replace(
                        "</main>",
                        "<img src='http://elsewhere.example/a.png'><script>document.title='x'</script></main>");
        String shown = open(html);
        assertThat(shown).contains(CONSOLE, "Content Security Policy").doesNotContain("<title>x</title>");
        assertThat(requestedByThePage()).isEmpty();
    }

    /** The page as it is once its scripts have run, and what Chromium wrote to its log. */
    private String open(String html) throws Exception {
        Path page = Files.writeString(directory.resolve("page.html"), html);
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + directory.resolve("profile"),
                "--proxy-server=127.0.0.1:" + proxy.getAddress().getPort(),
                "--proxy-bypass-list=<-loopback>",
                "--virtual-time-budget=5000",
                "--enable-logging=stderr",
                "--dump-dom",
                page.toUri().toString()));
        CommandLine.Result result = CommandLine.run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** Chromium has questions of its own, such as what time it is; they get no farther than to the proxy either. */
    private List<String> requestedByThePage() {
        return requested.stream()
                .filter(url -> !url.contains(".google.com") && !url.contains(".googleapis.com"))
                .toList();
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
