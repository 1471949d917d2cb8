package io.coapgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs what the README at the top tells people to type. */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```sh\n\\./coapgate (token inspect [^`]+)\n```\n\n```\n([^`]+)```", Pattern.DOTALL);

    private final String readme = Files.readString(Path.of("..", "README.md"));

    ReadmeTest() throws Exception {}

    @Test
    void looksIntoTheExampleOfRfc8392() {
        Matcher example = EXAMPLE.matcher(readme);
        assertThat(example.find()).isTrue();
        String[] line = example.group(1).replace("\\\n", "").split(" ");
        assertThat(line).endsWith(Rfc8392.SIGNED);
        List<String> shown = Transcript.of(line).exits(1).out().lines().toList();
        List<String> told = example.group(2)
                .lines()
                .filter(text -> !text.strip().equals("…"))
                .toList();
        assertThat(shown).containsSubsequence(told);
    }

    @Test
    void isShort() {
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(150);
    }
}
