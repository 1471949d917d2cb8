package io.coapgate.gateway.payload;

import static io.coapgate.gateway.refusal.Refusal.ACCEPT_UNSUPPORTED;
import static io.coapgate.gateway.refusal.Refusal.CONTENT_FORMAT_UNSUPPORTED;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_INVALID;

import java.util.Locale;
import java.util.OptionalInt;

/** What a route does with a media type that has no content-format, and with a content-format that has no media type. */
public enum UnknownMediaType {
    /** The exchange fails: 4.15 for a device's payload, 4.06 or 5.02 for a service's. */
    REFUSE,
    /** It crosses as {@code application/octet-stream}, content-format 42. */
    OCTET_STREAM,
    /**
     * A response crosses without a Content-Format. A request has to have a media type to be safe from guessing, so that a
     * device's payload crosses as {@code application/octet-stream}, what HTTP takes it for without one (RFC 9110 §8.3).
     */
    OMIT;

    static final String OCTETS = "application/octet-stream";
    private static final int OCTETS_ID = 42;

    /** The name in the configuration: {@code refuse}, {@code octet-stream}, {@code omit}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The HTTP media type for a device's payload whose content-format is not registered.
     *
     * @throws PayloadException {@code content_format_unsupported}
     */
    String mediaType() throws PayloadException {
        if (this == REFUSE) {
            throw new PayloadException(CONTENT_FORMAT_UNSUPPORTED, "a content-format that is not registered");
        }
        return OCTETS;
    }

    /**
     * The content-format for a service's body whose media type has none; empty to leave the option out.
     *
     * @param accept what the device wants, if it says so: nothing without a name can be that
     * @throws PayloadException {@code accept_unsupported} or {@code upstream_response_invalid}
     */
    OptionalInt contentFormat(OptionalInt accept) throws PayloadException {
        OptionalInt found = this == OCTET_STREAM ? OptionalInt.of(OCTETS_ID) : OptionalInt.empty();
        if (accept.isPresent() && !accept.equals(found)) {
            throw new PayloadException(ACCEPT_UNSUPPORTED, "a media type that is not the accepted one");
        }
        if (this == REFUSE) {
            throw new PayloadException(UPSTREAM_RESPONSE_INVALID, "a media type that has no content-format");
        }
        return found;
    }
}
