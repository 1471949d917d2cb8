package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.RawServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a device puts into Uri-Path and Uri-Query: it is refused, or the service, reading by RFC 3986, has exactly that,
 * segment by segment and argument by argument. The reader here is written anew, so that it shares no mistake with the writer.
 */
@Timeout(120)
class UriMappingPropertyTest {
    private static final int CASES = 10_000;
    private static final int CASES_ON_THE_WIRE = 500;
    /** RFC 3986 §3.3 and §3.4: nothing else can stand in a target. */
    private static final Pattern TARGET = Pattern.compile(
            "/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*)?");

    private static final String TELLING =
            "/\\.%;?#&=+ \r\n\t\u0000\u007f\u0085\u00a0:@\"'<>~25eEfFcC0\ufffd\ufeff\u202e";

    /** Mostly what means something to somebody, and any character of Unicode, unpaired surrogates too. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(7);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(TELLING.charAt(random.nextInt(TELLING.length())));
                case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static List<String> randomTexts(Random random, int most) {
        return Stream.generate(() -> randomText(random))
                .limit(random.nextInt(most + 1))
                .toList();
    }

    private record Read(List<String> path, List<String> query) {}

    /** As a service reads it: cut first, decoded then. */
    private static Read read(String target) {
        assertThat(target).matches(TARGET);
        int mark = target.indexOf('?');
        String path = target.substring(1, mark < 0 ? target.length() : mark);
        return new Read(
                path.isEmpty() ? List.of() : decoded(path.split("/", -1)),
                mark < 0 ? List.of() : decoded(target.substring(mark + 1).split("&", -1)));
    }

    private static List<String> decoded(String[] parts) {
        return Arrays.stream(parts).map(UriMappingPropertyTest::decoded).toList();
    }

    private static String decoded(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) == '%') {
                bytes.write(Integer.parseInt(part.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(part.charAt(i));
            }
        }
        return bytes.toString(UTF_8);
    }

    @Test
    void aTargetIsReadAsItWasMeantOrRefused() {
        Random random = new Random(8075);
        int accepted = 0;
        for (int i = 0; i < CASES; i++) {
            List<String> path = randomTexts(random, 4);
            List<String> query = randomTexts(random, 3);
            try {
                String target = RequestTarget.of(path, query).encoded();
                assertThat(read(target)).as(target).isEqualTo(new Read(path, query));
                assertThat(path)
                        .as(target)
                        .noneMatch(segment -> isDangerous(segment) || isDangerous(decodedIfPossible(segment)));
                accepted++;
            } catch (InvalidPathException e) {
                assertThat(e.reason()).isIn(Refusal.PATH_INVALID, Refusal.QUERY_INVALID);
            }
        }
        assertThat(accepted).isBetween(CASES / 10, CASES * 9 / 10);
    }

    private static boolean isDangerous(String segment) {
        return segment.isEmpty()
                || segment.equals(".")
                || segment.equals("..")
                || segment.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    /** What a service makes of it that decodes twice. */
    private static String decodedIfPossible(String segment) {
        return Pattern.compile("%[0-9A-Fa-f]{2}")
                .matcher(segment)
                .replaceAll(hit -> Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(hit.group().substring(1), 16))));
    }

    /** Bytes this time, of which most are text. */
    private static byte[] randomBytes(Random random) {
        byte[] bytes = randomText(random).getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(8) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Test
    void theServiceGetsWhatTheDeviceSentOrNothing(@TempDir Path directory) throws Exception {
        try (RawServer service = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                PskGateway gateway =
                        new PskGateway(directory, service.port(), PskGateway.PATIENT, "response-timeout: 50s");
                RawCoapClient device = gateway.device("sensor-1")) {
            Random random = new Random(7252);
            List<Read> meant = new ArrayList<>();
            for (int i = 0; i < CASES_ON_THE_WIRE; i++) {
                Sent sent = Sent.random(random, i);
                RawMessage answer = device.exchange(sent.request());
                assertThat(answer.codeText()).isIn("2.05", "4.00");
                if (answer.codeText().equals("2.05")) {
                    meant.add(sent.meant());
                }
            }
            assertThat(service.requests().stream().map(UriMappingPropertyTest::target))
                    .map(UriMappingPropertyTest::read)
                    .isEqualTo(meant);
            assertThat(meant).hasSizeBetween(CASES_ON_THE_WIRE / 10, CASES_ON_THE_WIRE * 9 / 10);
        }
    }

    private static String target(String request) {
        String[] line = request.substring(0, request.indexOf("\r\n")).split(" ", -1);
        assertThat(line).hasSize(3);
        assertThat(US_ASCII.newEncoder().canEncode(request))
                .as("no byte beyond ASCII")
                .isTrue();
        return line[1];
    }

    private record Sent(RawMessage request, List<byte[]> path, List<byte[]> query) {
        static Sent random(Random random, int mid) {
            Sent sent = new Sent(RawMessage.con("0.01", mid), new ArrayList<>(), new ArrayList<>());
            RawMessage request = sent.request();
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] segment = randomBytes(random);
                sent.path().add(segment);
                request = request.with(RawMessage.URI_PATH, segment);
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                byte[] argument = randomBytes(random);
                sent.query().add(argument);
                request = request.with(RawMessage.URI_QUERY, argument);
            }
            return new Sent(request, sent.path(), sent.query());
        }

        Read meant() {
            return new Read(
                    path.stream().map(segment -> text(segment).orElseThrow()).toList(),
                    query.stream().map(argument -> text(argument).orElseThrow()).toList());
        }
    }
}
