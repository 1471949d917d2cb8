package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request's options say, freed of CoAP's encoding.
 *
 * @param path the Uri-Path options as they came; not yet checked
 * @param query the Uri-Query options as they came; not yet checked
 * @param contentFormat of the payload, RFC 7252 §12.3
 * @param accept the content-format that the device asks for
 * @param block2 the one block of the answer that the device asks for
 * @param echo what the device was told to send back; not yet checked. Of a body in blocks, that of the first block
 */
public record RequestOptions(
        List<String> path,
        List<String> query,
        OptionalInt contentFormat,
        OptionalInt accept,
        Preconditions preconditions,
        Optional<Block> block2,
        Optional<Echo> echo) {
    public RequestOptions {
        path = List.copyOf(path);
        query = List.copyOf(query);
        requireNonNull(contentFormat, "contentFormat");
        requireNonNull(accept, "accept");
        requireNonNull(preconditions, "preconditions");
        requireNonNull(block2, "block2");
        requireNonNull(echo, "echo");
    }

    public static RequestOptions of(List<String> path, List<String> query) {
        return new RequestOptions(
                path,
                query,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Preconditions.NONE,
                Optional.empty(),
                Optional.empty());
    }

    public RequestOptions withContentFormat(int format) {
        return new RequestOptions(path, query, OptionalInt.of(format), accept, preconditions, block2, echo);
    }

    public RequestOptions withAccept(int format) {
        return new RequestOptions(path, query, contentFormat, OptionalInt.of(format), preconditions, block2, echo);
    }

    public RequestOptions withPreconditions(Preconditions conditions) {
        return new RequestOptions(path, query, contentFormat, accept, conditions, block2, echo);
    }

    public RequestOptions withBlock2(Block block) {
        return new RequestOptions(path, query, contentFormat, accept, preconditions, Optional.of(block), echo);
    }

    public RequestOptions withEcho(Echo value) {
        return new RequestOptions(path, query, contentFormat, accept, preconditions, block2, Optional.of(value));
    }
}
