package io.coapgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** One command line, run with a stopped clock, and what came of it. */
record Transcript(int exit, String out, String err, byte[] binary) {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    static Transcript of(String... line) {
        return withInput(new byte[0], line);
    }

    static Transcript withInput(byte[] input, String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        Main main = new Main(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(input),
                binary,
                Clock.fixed(NOW, ZoneOffset.UTC));
        int exit = main.execute(
                Map.of(),
                (config, environment) -> {
                    throw new IllegalStateException("no gateway is started here");
                },
                line);
        return new Transcript(exit, out.toString(), err.toString(), binary.toByteArray());
    }

    Transcript exits(int wanted) {
        assertThat(exit).as(out + err).isEqualTo(wanted);
        return this;
    }

    Transcript says(String... pieces) {
        assertThat(out).contains(pieces);
        return this;
    }

    Transcript doesNotSay(String... pieces) {
        assertThat(out + err).doesNotContain(pieces);
        return this;
    }
}
