package io.coapgate.gateway.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The content-formats of the CoAP registry (RFC 7252 §12.3) and the media types that they stand for. */
public final class ContentFormat {
    public static final int ACE_CBOR = 19;
    public static final int LINK_FORMAT = 40;
    public static final int OCTET_STREAM = 42;
    public static final int CWT = 61;
    public static final int CONCISE_PROBLEM_DETAILS = 257;

    private static final Map<Integer, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry(0, "text/plain;charset=utf-8"),
            Map.entry(ACE_CBOR, "application/ace+cbor"),
            Map.entry(21, "image/gif"),
            Map.entry(22, "image/jpeg"),
            Map.entry(23, "image/png"),
            Map.entry(LINK_FORMAT, "application/link-format"),
            Map.entry(41, "application/xml"),
            Map.entry(OCTET_STREAM, "application/octet-stream"),
            Map.entry(47, "application/exi"),
            Map.entry(50, "application/json"),
            Map.entry(51, "application/json-patch+json"),
            Map.entry(52, "application/merge-patch+json"),
            Map.entry(60, "application/cbor"),
            Map.entry(CWT, "application/cwt"),
            Map.entry(62, "application/multipart-core"),
            Map.entry(63, "application/cbor-seq"),
            Map.entry(110, "application/senml+json"),
            Map.entry(111, "application/sensml+json"),
            Map.entry(112, "application/senml+cbor"),
            Map.entry(113, "application/sensml+cbor"),
            Map.entry(114, "application/senml-exi"),
            Map.entry(CONCISE_PROBLEM_DETAILS, "application/concise-problem-details+cbor"),
            Map.entry(10000, "application/vnd.ocf+cbor"),
            Map.entry(11542, "application/vnd.oma.lwm2m+tlv"),
            Map.entry(11543, "application/vnd.oma.lwm2m+json"),
            Map.entry(11544, "application/vnd.oma.lwm2m+cbor"));

    private static final Map<String, Integer> BY_MEDIA_TYPE = MEDIA_TYPES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(entry -> essence(entry.getValue()), Map.Entry::getKey));

    private ContentFormat() {}

    /** The media type in the form of an HTTP {@code Content-Type}. */
    public static Optional<String> mediaType(int contentFormat) {
        return Optional.ofNullable(MEDIA_TYPES.get(contentFormat));
    }

    /** The content-format of an HTTP {@code Content-Type}, parameters aside. */
    public static OptionalInt ofMediaType(String mediaType) {
        Integer found = BY_MEDIA_TYPE.get(essence(mediaType));
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private static String essence(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
