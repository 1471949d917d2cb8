package io.coapgate.crypto.ace;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Concise problem details, content format 257 (RFC 9290 §2): what went wrong, in words fit for the wire. Immutable.
 *
 * <p>Written as text without a language tag, which RFC 9290 §2 takes for English; text with one (CBOR tag 38) is not
 * understood when read.
 */
public final class ProblemDetails {

    private static final int TITLE = -1;
    private static final int DETAIL = -2;
    private static final int RESPONSE_CODE = -4;
    private static final int MAX_BYTES = 1024;
    private static final int MAX_CODE = 255;

    private final @Nullable String title;
    private final @Nullable String detail;
    private final @Nullable Integer responseCode;

    private ProblemDetails(@Nullable String title, @Nullable String detail, @Nullable Integer responseCode) {
        this.title = title;
        this.detail = detail;
        this.responseCode = responseCode;
    }

    /** A problem with this short title. */
    public static ProblemDetails titled(String title) {
        return new ProblemDetails(Objects.requireNonNull(title, "title"), null, null);
    }

    /** The same with a detail of this one occurrence. */
    public ProblemDetails withDetail(String text) {
        return new ProblemDetails(title, Objects.requireNonNull(text, "text"), responseCode);
    }

    /** The same with the response code of the one who found the problem: class × 32 + detail, 0 to 255. */
    public ProblemDetails withResponseCode(int code) {
        if (code < 0 || code > MAX_CODE) {
            throw new IllegalArgumentException("a response code is 0 to 255, not " + code);
        }
        return new ProblemDetails(title, detail, code);
    }

    /** Decodes at most 1024 bytes; entries that are not known are passed over, as RFC 9290 §3 demands. */
    public static ProblemDetails decode(byte[] encoded) throws AceFormatException {
        AceMap map = AceMap.decode(encoded, MAX_BYTES);
        if (map.isEmpty()) {
            throw new AceFormatException(AceFormatException.Reason.MISSING_PARAMETER, "problem details without any");
        }
        Optional<Integer> code = map.integer(RESPONSE_CODE);
        if (code.isPresent() && (code.get() < 0 || code.get() > MAX_CODE)) {
            throw new AceFormatException(
                    AceFormatException.Reason.INVALID_PARAMETER, "a response code that is not 0 to 255");
        }
        return new ProblemDetails(map.text(TITLE).orElse(null), map.text(DETAIL).orElse(null), code.orElse(null));
    }

    public byte[] encode() {
        AceMap map = new AceMap();
        title().ifPresent(text -> map.put(TITLE, text));
        detail().ifPresent(text -> map.put(DETAIL, text));
        responseCode().ifPresent(code -> map.put(RESPONSE_CODE, code));
        return map.encode();
    }

    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    public OptionalInt responseCode() {
        return responseCode == null ? OptionalInt.empty() : OptionalInt.of(responseCode);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProblemDetails that
                && Objects.equals(title, that.title)
                && Objects.equals(detail, that.detail)
                && Objects.equals(responseCode, that.responseCode);
    }

    @Override
    public int hashCode() {
        return Objects.hash(title, detail, responseCode);
    }

    @Override
    public String toString() {
        return "ProblemDetails[" + title + ", " + responseCode + "]";
    }
}
