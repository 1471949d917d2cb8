package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a response's options say. Immutable; the {@code with} methods return changed copies.
 *
 * @param contentFormat of the payload; empty if there is none or its media type has no content-format
 * @param maxAge how long the answer stays fresh, or when to come again; empty for what CoAP takes then, 60 s
 * @param etag which representation this is
 * @param location where the new resource is
 * @param size1 the longest request body that would be taken, RFC 7959 §4
 * @param block2 which block of the whole the payload is; empty if it is the whole, which the edge cuts itself if need be
 * @param size2 how long the whole is, RFC 7959 §4
 * @param echo what the device is to send back, RFC 9175 §2
 */
public record ResponseOptions(
        OptionalInt contentFormat,
        Optional<Duration> maxAge,
        Optional<EntityTag> etag,
        Optional<Location> location,
        OptionalInt size1,
        Optional<Block> block2,
        OptionalInt size2,
        Optional<Echo> echo) {
    public static final ResponseOptions NONE = new ResponseOptions(
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());

    public ResponseOptions {
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(maxAge, "maxAge");
        requireNonNull(etag, "etag");
        requireNonNull(location, "location");
        requireNonNull(size1, "size1");
        requireNonNull(block2, "block2");
        requireNonNull(size2, "size2");
        requireNonNull(echo, "echo");
    }

    public ResponseOptions withContentFormat(OptionalInt format) {
        return new ResponseOptions(format, maxAge, etag, location, size1, block2, size2, echo);
    }

    public ResponseOptions withMaxAge(Optional<Duration> age) {
        return new ResponseOptions(contentFormat, age, etag, location, size1, block2, size2, echo);
    }

    public ResponseOptions withEtag(Optional<EntityTag> tag) {
        return new ResponseOptions(contentFormat, maxAge, tag, location, size1, block2, size2, echo);
    }

    public ResponseOptions withLocation(Optional<Location> place) {
        return new ResponseOptions(contentFormat, maxAge, etag, place, size1, block2, size2, echo);
    }

    public ResponseOptions withSize1(int bytes) {
        return new ResponseOptions(contentFormat, maxAge, etag, location, OptionalInt.of(bytes), block2, size2, echo);
    }

    public ResponseOptions withBlock2(Block block) {
        return new ResponseOptions(contentFormat, maxAge, etag, location, size1, Optional.of(block), size2, echo);
    }

    public ResponseOptions withSize2(int bytes) {
        return new ResponseOptions(contentFormat, maxAge, etag, location, size1, block2, OptionalInt.of(bytes), echo);
    }

    public ResponseOptions withEcho(Echo value) {
        return new ResponseOptions(contentFormat, maxAge, etag, location, size1, block2, size2, Optional.of(value));
    }
}
