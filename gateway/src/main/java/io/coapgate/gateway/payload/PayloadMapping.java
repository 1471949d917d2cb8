package io.coapgate.gateway.payload;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the payloads of one route cross between CoAP and HTTP: names by the registry, bytes by the codec, what has no name by
 * the rule. Immutable and safe for all threads; a payload that keeps its form is not copied, and one that changes it is held
 * twice and as a tree of at most 32,768 items while that lasts.
 *
 * @param codec what changes form
 * @param unknownFormat what happens to a device's payload whose content-format has no media type
 * @param unknownType what happens to a service's body whose media type has no content-format
 * @param maxRequestBytes of a device's payload once it is converted
 * @param maxResponseBytes of a service's body once it is converted
 */
public record PayloadMapping(
        PayloadCodec codec,
        UnknownMediaType unknownFormat,
        UnknownMediaType unknownType,
        int maxRequestBytes,
        int maxResponseBytes) {
    private static final int TEXT = 0;
    private static final ContentFormats FORMATS = ContentFormats.iana();

    public PayloadMapping {
        requireNonNull(codec, "codec");
        requireNonNull(unknownFormat, "unknownFormat");
        requireNonNull(unknownType, "unknownType");
        if (maxRequestBytes < 0 || maxResponseBytes < 0) {
            throw new IllegalArgumentException("a payload's bounds can't be negative");
        }
    }

    /**
     * A device's payload as the service gets it. Without a content-format it is {@code application/octet-stream}.
     *
     * @throws PayloadException {@code content_format_unsupported}, {@code payload_malformed}, {@code payload_unconvertible} or
     *     {@code body_too_large}
     */
    public HttpPayload toHttp(OptionalInt contentFormat, byte[] payload) throws PayloadException {
        if (contentFormat.isEmpty()) {
            return new HttpPayload(UnknownMediaType.OCTETS, payload);
        }
        OptionalInt json = codec.jsonOf(contentFormat.getAsInt());
        if (json.isPresent()) {
            return new HttpPayload(registered(json.getAsInt()).mediaType(), toJson(payload));
        }
        Optional<RegisteredFormat> format = FORMATS.get(contentFormat.getAsInt());
        return format.isPresent()
                ? new HttpPayload(format.get().mediaType(), format.get().contentCoding(), payload)
                : new HttpPayload(unknownFormat.mediaType(), payload);
    }

    /**
     * What to ask the service for, as {@code Accept} and {@code Accept-Encoding}, so that the device can be given what it
     * accepts; empty if it did not say.
     *
     * @throws PayloadException {@code accept_unsupported} if IANA has not assigned that content-format
     */
    public Optional<RegisteredFormat> toHttpAccept(OptionalInt accept) throws PayloadException {
        if (accept.isEmpty()) {
            return Optional.empty();
        }
        int wanted = codec.jsonOf(accept.getAsInt()).orElse(accept.getAsInt());
        Optional<RegisteredFormat> format = FORMATS.get(wanted);
        if (format.isEmpty()) {
            throw new PayloadException(Refusal.ACCEPT_UNSUPPORTED, "an accepted content-format that is not registered");
        }
        return format;
    }

    /**
     * A service's body as the device gets it: in the form that it accepts, or in the codec's if it does not say.
     *
     * @throws PayloadException {@code accept_unsupported}, {@code upstream_response_invalid} or
     *     {@code upstream_response_too_large}
     */
    public DevicePayload toDevice(HttpPayload body, OptionalInt accept) throws PayloadException {
        if (body.body().length == 0) {
            return DevicePayload.NONE;
        }
        Optional<MediaType> type = MediaType.parse(body.contentType());
        if (type.isEmpty()) {
            return new DevicePayload(unknownType.contentFormat(accept), body.body());
        }
        String coding = MediaType.lower(body.contentCoding().strip());
        Optional<Charset> charset =
                coding.equals(RegisteredFormat.IDENTITY) ? PlainText.charset(type.get()) : Optional.empty();
        if (charset.isPresent()) {
            byte[] utf8 = PlainText.toUtf8(body.body(), charset.get(), maxResponseBytes);
            return toDevice(new HttpPayload(registered(TEXT).mediaType(), utf8), accept);
        }
        OptionalInt format = FORMATS.find(type.get(), coding);
        OptionalInt cbor = coding.equals(RegisteredFormat.IDENTITY)
                ? codec.cborOf(type.get(), format, accept)
                : OptionalInt.empty();
        OptionalInt result = cbor.isPresent() ? cbor : format;
        if (result.isEmpty()) {
            return new DevicePayload(unknownType.contentFormat(accept), body.body());
        }
        if (accept.isPresent() && !accept.equals(result)) {
            throw new PayloadException(Refusal.ACCEPT_UNSUPPORTED, "a media type that is not the accepted one");
        }
        return new DevicePayload(result, cbor.isPresent() ? toCbor(cbor.getAsInt(), body.body()) : body.body());
    }

    /**
     * The body of a service's error as the device gets it. It says no more than the response code does in the worst case:
     * what can't be named or converted is left out, and Accept does not count (RFC 7252 §5.5.2).
     */
    public DevicePayload errorToDevice(HttpPayload body) {
        try {
            DevicePayload payload = toDevice(body, OptionalInt.empty());
            return payload.contentFormat().isPresent() ? payload : DevicePayload.NONE;
        } catch (PayloadException e) {
            return DevicePayload.NONE;
        }
    }

    private byte[] toJson(byte[] cbor) throws PayloadException {
        try {
            return codec.toJson(cbor, maxRequestBytes);
        } catch (ConversionException e) {
            throw new PayloadException(
                    switch (e.fault()) {
                        case MALFORMED -> Refusal.PAYLOAD_MALFORMED;
                        case INEXPRESSIBLE -> Refusal.PAYLOAD_UNCONVERTIBLE;
                        case TOO_LARGE -> Refusal.BODY_TOO_LARGE;
                    },
                    e.text());
        }
    }

    private byte[] toCbor(int contentFormat, byte[] json) throws PayloadException {
        try {
            return codec.toCbor(contentFormat, json, maxResponseBytes);
        } catch (ConversionException e) {
            throw new PayloadException(
                    switch (e.fault()) {
                        case MALFORMED, INEXPRESSIBLE -> Refusal.UPSTREAM_RESPONSE_INVALID;
                        case TOO_LARGE -> Refusal.UPSTREAM_RESPONSE_TOO_LARGE;
                    },
                    e.text());
        }
    }

    private static RegisteredFormat registered(int id) {
        return FORMATS.get(id).orElseThrow(() -> new IllegalStateException("not in the registry: " + id));
    }
}
