package io.coapgate.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.simulator.run.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final String HOSTILE =
            "5.03 \"</script><script>alert('x')</script><!-- & <img src=http://x.example>";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void saysFirstThatARunPassed() {
        assertThat(report(SampleRun.passed()))
                .contains("<p class=\"word\">Passed</p>", "All 1 expectations were met. 6,000 requests were answered")
                .contains("<td class=\"good\">✓ met</td>")
                .doesNotContain("Errors by reason", "bottleneck");
    }

    @Test
    void saysFirstThatARunFailedAndWhy() {
        assertThat(report(SampleRun.failed("5.03")))
                .contains(
                        "<p class=\"word\">Failed</p>", "1 of 2 expectations was not met: errors == 0, but it was 20.")
                .contains("The simulator was the bottleneck", "It used all it could get.")
                .contains("<td class=\"bad\">✗ not met</td>", "Errors by reason", "gateway killed &amp; started again");
    }

    @Test
    void showsARunThatNothingCameOf() {
        assertThat(report(SampleRun.empty())).contains("Nothing was expected", "<dd>–</dd>");
        Comparison comparison =
                new Comparison(new NamedRun("a", SampleRun.empty()), new NamedRun("b", SampleRun.passed()));
        assertThat(HtmlReport.of(comparison)).contains("<th scope=\"row\">latency p99</th>");
    }

    @Test
    void hasATableForEachPlot() {
        String html = report(SampleRun.failed("5.03"));
        JsonNode plots = data(html).path("plots");
        assertThat(plots.size()).isEqualTo(9);
        for (JsonNode plot : plots) {
            String id = plot.path("id").asString();
            assertThat(html).contains("id=\"plot-" + id + "\" role=\"img\"", "<h3 id=\"title-" + id + "\">");
        }
        assertThat(count(html, "<summary>As a table</summary>")).isEqualTo(9);
    }

    @Test
    void plotsWhatTheRecordHolds() {
        JsonNode data = data(report(SampleRun.failed("5.03")));
        JsonNode throughput = data.path("plots").get(0);
        assertThat(throughput.path("x").size()).isEqualTo(60);
        assertThat(throughput.path("series").get(1).path("label").asString()).isEqualTo("answered");
        assertThat(throughput.path("series").get(1).path("values").get(59).asDouble())
                .isEqualTo(100);
        JsonNode distribution = data.path("plots").get(2);
        JsonNode values = distribution.path("series").get(0).path("values");
        assertThat(distribution.path("x").get(20).asDouble()).isEqualTo(1); // 90 %
        assertThat(values.get(20).asLong()).isBetween(3390L, 3420L);
        assertThat(values.get(values.size() - 1).asLong()).isBetween(41_590L, 41_650L);
        assertThat(data.path("marks").get(0).asDouble()).isEqualTo(30);
        assertThat(data.path("phases").get(1).path("name").asString()).isEqualTo("steady");
    }

    @Test
    void showsTextsAndDoesNotInterpretThem() {
        String html = report(SampleRun.failed(HOSTILE));
        assertThat(html)
                .contains("5.03 &quot;&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)")
                .doesNotContain("<script>alert", "<img", "<!--");
        assertThat(count(html, "<script")).isEqualTo(3);
        assertThat(data(html)
                        .path("plots")
                        .get(3)
                        .path("series")
                        .get(0)
                        .path("label")
                        .asString())
                .isEqualTo(HOSTILE);
        NamedRun named = new NamedRun("<b>.json", SampleRun.passed());
        assertThat(HtmlReport.of(new Comparison(named, named))).doesNotContain("<b>");
    }

    @Test
    void letsOnlyItsOwnScriptsAndStylesRun() throws Exception {
        String html = report(SampleRun.passed());
        String policy = all(html, "Content-Security-Policy\" content=\"([^\"]*)\"")
                .get(0)
                .replace("&#39;", "'");
        assertThat(policy).startsWith("default-src 'none'; base-uri 'none'; form-action 'none';");
        assertThat(policy).doesNotContain("unsafe", "http", "*");
        List<String> inline = all(html, "(?s)<(?:script|style)>(.*?)</(?:script|style)>");
        assertThat(inline).hasSize(3);
        for (String text : inline) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
        assertThat(html).doesNotContainPattern("(src|href|style)=").doesNotContainPattern("@import|url\\(");
    }

    @Test
    void writesInPlaceOfAnOlderReport() throws IOException {
        Path file = Files.writeString(directory.resolve("report.html"), "old");
        HtmlReport.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    private static String report(RunRecord run) {
        return HtmlReport.of(new NamedRun("gateway-restart", run));
    }

    private static JsonNode data(String html) {
        return JsonMapper.shared()
                .readTree(all(html, "id=\"data\">([^<]*)</script>").get(0));
    }

    private static List<String> all(String html, String pattern) {
        return Pattern.compile(pattern)
                .matcher(html)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static int count(String html, String text) {
        return (html.length() - html.replace(text, "").length()) / text.length();
    }
}
