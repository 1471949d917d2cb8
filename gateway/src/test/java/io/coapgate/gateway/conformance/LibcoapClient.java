package io.coapgate.gateway.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.coapgate.gateway.PskGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** libcoap's command line client as {@code sensor-1}, one process for each request, and what it logs of its messages. */
final class LibcoapClient {
    static final String OPENSSL = "coap-client-openssl";
    static final String GNUTLS = "coap-client-gnutls";

    private static final String REQUIRED = "COAPGATE_REQUIRE_INTEROP";
    private static final long TIMEOUT_SECONDS = 60;
    /** For example {@code v:1 t:ACK c:2.05 i:f4ca {01} [ Content-Format:text/plain, Max-Age:0 ] :: 'test'}. */
    private static final Pattern MESSAGE =
            Pattern.compile("v:1 t:(\\w+) c:(\\S+) i:(\\p{XDigit}+) \\{(\\p{XDigit}*)} \\[ ?(.*?) ?](?: :: .*)?");

    private final String program;
    private final PskGateway gateway;
    private final Path directory;

    /** A message as the client logs it. */
    record Message(String type, String code, String mid, String token, List<String> options) {
        boolean isResponse() {
            return Character.isDigit(code.charAt(0)) && !code.startsWith("0");
        }

        /** The value of this option as libcoap writes it; fails if it is not there. */
        String option(String name) {
            return options.stream()
                    .filter(option -> option.startsWith(name + ":"))
                    .map(option -> option.substring(name.length() + 1))
                    .findFirst()
                    .orElseGet(() -> fail("no %s in %s", name, this));
        }
    }

    /** What went over the wire in one run, and what the client made of it. */
    record Run(List<Message> messages, String payload) {
        List<Message> responses() {
            return messages.stream().filter(Message::isResponse).toList();
        }

        Message request() {
            return messages.get(0);
        }

        /** The only response, of this type and code. */
        Message response(String type, String code) {
            assertThat(responses()).singleElement().satisfies(answer -> {
                assertThat(answer.type()).isEqualTo(type);
                assertThat(answer.code()).isEqualTo(code);
                assertThat(answer.token()).isEqualTo(request().token());
            });
            return responses().get(0);
        }
    }

    /** Skips the test, and says so loudly, without such a program; fails it where COAPGATE_REQUIRE_INTEROP is true. */
    LibcoapClient(String program, PskGateway gateway, Path directory) {
        this.program = program;
        this.gateway = gateway;
        this.directory = directory;
        for (String path : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(path, program))) {
                return;
            }
        }
        if ("true".equals(System.getenv(REQUIRED))) {
            fail("%s is not installed, and %s is true", program, REQUIRED);
        }
        System.err.println("*** NOT TESTED: " + program + " is not installed (Debian: libcoap3-bin) ***");
        Assumptions.abort(program + " is not installed");
    }

    /** @param options of the program */
    Run run(String pathAndQuery, String... options) throws IOException, InterruptedException {
        Path payload = directory.resolve("payload");
        Files.deleteIfExists(payload);
        List<String> command = new ArrayList<>(List.of(program, "-v", "7", "-o", payload.toString()));
        command.addAll(List.of("-u", "sensor-1", "-k", PskGateway.KEY));
        command.addAll(List.of(options));
        command.add("coaps://127.0.0.1:" + gateway.address().getPort() + pathAndQuery);
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("no end of %s: %s", command, Files.readString(log));
        }
        return new Run(messages(log), Files.exists(payload) ? Files.readString(payload) : "");
    }

    private static List<Message> messages(Path log) throws IOException {
        return new String(Files.readAllBytes(log), UTF_8)
                .lines()
                .map(MESSAGE::matcher)
                .filter(line -> line.matches())
                .map(line -> new Message(
                        line.group(1),
                        line.group(2),
                        line.group(3),
                        line.group(4),
                        List.of(line.group(5).split(", ", -1))))
                .toList();
    }
}
