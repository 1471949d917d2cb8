package io.coapgate.gateway.exchange;

import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a representation from which blocks are cut.
 *
 * @param offset of the first byte in the representation
 * @param total how long the representation is
 * @param validator the strong entity-tag that asks for more of the same representation, as HTTP has it
 * @param answer an answer with the stretch as payload
 */
record Window(long offset, long total, Optional<String> validator, DeviceResponse answer) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final int PARTIAL_CONTENT = 206;

    /** A whole representation, or what a 206 says it is; empty if it contradicts itself or does not begin at this offset. */
    static Optional<Window> of(UpstreamResponse response, long offset, DeviceResponse answer) {
        Optional<String> validator = response.header("etag").filter(etag -> etag.startsWith("\""));
        int length = response.body().length;
        if (response.status() != PARTIAL_CONTENT) {
            return Optional.of(new Window(0, length, validator, answer));
        }
        Matcher range = CONTENT_RANGE.matcher(response.header("content-range").orElse(""));
        if (!range.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        long total = Long.parseLong(range.group(3));
        boolean consistent =
                first == offset && last < total && last - first + 1 == length && total <= Integer.MAX_VALUE;
        return consistent ? Optional.of(new Window(first, total, validator, answer)) : Optional.empty();
    }

    /** Whether all of the block that there is lies in this stretch. */
    boolean covers(Block block) {
        long end = offset + bytes();
        boolean begins = block.offset() >= offset && block.offset() < end;
        return begins && (block.offset() + block.size() <= end || end == total);
    }

    /** @param block one that is covered */
    DeviceResponse cut(Block block) {
        int from = (int) (block.offset() - offset);
        int to = Math.min(bytes(), from + block.size());
        boolean more = offset + to < total;
        ResponseOptions options = answer.options().withBlock2(new Block(block.number(), block.size(), more));
        if (block.number() == 0) { // once is enough, RFC 7959 §4
            options = options.withSize2((int) total);
        }
        return DeviceResponse.of(CoapCode.CONTENT, options, Arrays.copyOfRange(answer.payload(), from, to));
    }

    int bytes() {
        return answer.payload().length;
    }
}
