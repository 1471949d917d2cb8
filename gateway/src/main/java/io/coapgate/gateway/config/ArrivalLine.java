package io.coapgate.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.token.Arrival;
import io.coapgate.gateway.token.ArrivalBook;
import io.coapgate.gateway.token.TokenCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A line of {@link ArrivalsFile}: {@code +}, issuer, resource server, number, end in milliseconds and the token's content; or
 * {@code -}, issuer, resource server and the number through which all have ended. Names are in base64url.
 */
final class ArrivalLine {
    private static final String LIVE = "+";
    private static final String ENDED = "-";

    private ArrivalLine() {}

    static String of(Arrival arrival) {
        return String.join(
                " ",
                LIVE,
                of(arrival.counter()),
                Long.toString(arrival.number()),
                Long.toString(arrival.end().toEpochMilli()),
                HexFormat.of().formatHex(arrival.token().bytes()));
    }

    static String ofEnded(TokenCounter counter, long through) {
        return String.join(" ", ENDED, of(counter), Long.toString(through));
    }

    /** All that the book has. */
    static List<String> of(ArrivalBook book) {
        List<String> lines = new ArrayList<>();
        book.ended().forEach((counter, through) -> lines.add(ofEnded(counter, through)));
        book.live().forEach(arrival -> lines.add(of(arrival)));
        return lines;
    }

    /** @return false if it is no such line */
    static boolean read(String line, ArrivalBook book) {
        String[] fields = line.split(" ", -1);
        try {
            if (fields.length == 6 && fields[0].equals(LIVE)) {
                book.add(new Arrival(
                        counter(fields),
                        Long.parseLong(fields[3]),
                        Thumbprint.of(HexFormat.of().parseHex(fields[5])),
                        Instant.ofEpochMilli(Long.parseLong(fields[4]))));
                return true;
            }
            if (fields.length == 4 && fields[0].equals(ENDED)) {
                book.endThrough(counter(fields), Long.parseLong(fields[3]));
                return true;
            }
            return false;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String of(TokenCounter counter) {
        return encoded(counter.issuer()) + " " + encoded(counter.resourceServer());
    }

    private static TokenCounter counter(String[] fields) {
        return new TokenCounter(decoded(fields[1]), decoded(fields[2]));
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), UTF_8);
    }
}
