package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.ConversionException.inexpressible;
import static io.coapgate.gateway.payload.ConversionException.malformed;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as RFC 3339 writes them. */
final class Times {
    private static final BigDecimal FIRST = BigDecimal.valueOf(epoch(0, 1, 1));
    private static final BigDecimal AFTER_LAST =
            BigDecimal.valueOf(epoch(9999, 12, 31)).add(BigDecimal.valueOf(86_400));

    /** Enough for any fraction that is worth its name. */
    private static final int MAX_LENGTH = 64;

    private static final String SHORTEST = "2013-03-21T20:04:00Z";
    private static final int DATE_END = "2013-03-21".length();
    private static final int MINUTE_END = "2013-03-21T20:04".length();

    private Times() {}

    /** The content of tag 0 (RFC 8949 §3.4.1), as it came. */
    static Node checked(Node.Text text) throws ConversionException {
        String value = text.value();
        if (value.length() >= SHORTEST.length() && value.length() <= MAX_LENGTH && isPunctuated(value)) {
            try {
                OffsetDateTime.parse(withoutLeapSecond(value), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
                return text;
            } catch (DateTimeException e) {
                // not a time: as below
            }
        }
        throw malformed("a time that is not as RFC 3339 writes it");
    }

    /** ISO 8601 lets more be left out, and years be longer, than RFC 3339 does. */
    private static boolean isPunctuated(String value) {
        return Character.toUpperCase(value.charAt(DATE_END)) == 'T' && value.charAt(MINUTE_END) == ':';
    }

    private static String withoutLeapSecond(String value) {
        return value.startsWith(":60", MINUTE_END)
                ? value.substring(0, MINUTE_END) + ":59" + value.substring(MINUTE_END + 3)
                : value;
    }

    /** Tag 1 (RFC 8949 §3.4.2): seconds since 1970, to text in UTC with as many digits of the fraction as there are. */
    static Node ofEpoch(BigDecimal seconds) throws ConversionException {
        if (seconds.compareTo(FIRST) < 0 || seconds.compareTo(AFTER_LAST) >= 0) {
            throw inexpressible("a time outside of the years 0 to 9999");
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        String fraction = seconds.subtract(whole).stripTrailingZeros().toPlainString();
        if (fraction.length() > MAX_LENGTH) {
            throw inexpressible("a time with too long a fraction");
        }
        String second = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
                .format(LocalDateTime.ofEpochSecond(whole.longValueExact(), 0, ZoneOffset.UTC));
        return new Node.Text(second + (fraction.equals("0") ? "" : fraction.substring(1)) + "Z");
    }

    private static long epoch(int year, int month, int day) {
        return LocalDateTime.of(year, month, day, 0, 0).toEpochSecond(ZoneOffset.UTC);
    }
}
