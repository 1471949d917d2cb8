package io.coapgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A CoAP message as RFC 7252 §3 lays it out, written and read without Californium, so that tests see what is on the wire
 * and can send what no library would.
 *
 * @param type 0 CON, 1 NON, 2 ACK, 3 RST
 * @param code class and detail, as in {@link #code(String)}
 */
public record RawMessage(int type, int code, int mid, byte[] token, List<Option> options, byte[] payload) {
    public static final int CON = 0;
    public static final int NON = 1;
    public static final int ACK = 2;
    public static final int RST = 3;

    public static final int IF_MATCH = 1;
    public static final int URI_HOST = 3;
    public static final int ETAG = 4;
    public static final int IF_NONE_MATCH = 5;
    public static final int URI_PORT = 7;
    public static final int LOCATION_PATH = 8;
    public static final int URI_PATH = 11;
    public static final int CONTENT_FORMAT = 12;
    public static final int MAX_AGE = 14;
    public static final int URI_QUERY = 15;
    public static final int HOP_LIMIT = 16;
    public static final int ACCEPT = 17;
    public static final int LOCATION_QUERY = 20;
    public static final int BLOCK2 = 23;
    public static final int BLOCK1 = 27;
    public static final int SIZE2 = 28;
    public static final int PROXY_URI = 35;
    public static final int SIZE1 = 60;
    public static final int ECHO = 252;
    public static final int NO_RESPONSE = 258;
    public static final int REQUEST_TAG = 292;

    private static final byte[] NOTHING = {};

    /** One option as it stands in the message. */
    public record Option(int number, byte[] value) {}

    /** A confirmable request, for example {@code con("0.01", 7, "open", "a")}; its token is made of the message id. */
    public static RawMessage con(String code, int mid, String... path) {
        return request(CON, code, mid, path);
    }

    public static RawMessage non(String code, int mid, String... path) {
        return request(NON, code, mid, path);
    }

    private static RawMessage request(int type, String code, int mid, String... path) {
        byte[] token = {(byte) 0xA0, (byte) (mid >> 8), (byte) mid};
        RawMessage message = new RawMessage(type, code(code), mid, token, List.of(), NOTHING);
        for (String segment : path) {
            message = message.with(URI_PATH, segment.getBytes(UTF_8));
        }
        return message;
    }

    /** An empty message: a ping if it is confirmable. */
    public static RawMessage empty(int type, int mid) {
        return new RawMessage(type, 0, mid, NOTHING, List.of(), NOTHING);
    }

    public RawMessage with(int option, byte... value) {
        List<Option> more = new ArrayList<>(options);
        more.add(new Option(option, value));
        return new RawMessage(type, code, mid, token, more, payload);
    }

    public RawMessage withUint(int option, int value) {
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
        byte[] all = ByteBuffer.allocate(4).putInt(value).array();
        return with(option, Arrays.copyOfRange(all, 4 - bytes, 4));
    }

    /** A block of {@code 16 << szx} bytes. */
    public RawMessage withBlock(int option, int number, boolean more, int szx) {
        return withUint(option, (number << 4) | (more ? 8 : 0) | szx);
    }

    public RawMessage withPayload(String text) {
        return new RawMessage(type, code, mid, token, options, text.getBytes(UTF_8));
    }

    public RawMessage withToken(byte... other) {
        return new RawMessage(type, code, mid, other, options, payload);
    }

    public Optional<byte[]> option(int number) {
        return options.stream()
                .filter(option -> option.number() == number)
                .map(Option::value)
                .findFirst();
    }

    /** The values of an option that is text, in order. */
    public List<String> texts(int number) {
        return options.stream()
                .filter(option -> option.number() == number)
                .map(option -> new String(option.value(), UTF_8))
                .toList();
    }

    /** The value of an option that is a number; -1 if it is not there. */
    public int uint(int number) {
        return option(number).map(RawMessage::number).orElse(-1);
    }

    private static int number(byte[] value) {
        int number = 0;
        for (byte b : value) {
            number = (number << 8) | (b & 0xff);
        }
        return number;
    }

    /** For example {@code 2.05}. */
    public String codeText() {
        return "%d.%02d".formatted(code >> 5, code & 31);
    }

    public String text() {
        return new String(payload, UTF_8);
    }

    public static int code(String text) {
        return (Integer.parseInt(text.substring(0, 1)) << 5) | Integer.parseInt(text.substring(2));
    }

    /** The datagram; also if its token is longer than tokens may be. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((1 << 6) | (type << 4) | token.length);
        out.write(code);
        out.write(mid >> 8);
        out.write(mid);
        out.writeBytes(token);
        int previous = 0;
        for (Option option :
                options.stream().sorted(Comparator.comparing(Option::number)).toList()) {
            int delta = option.number() - previous;
            int length = option.value().length;
            out.write((nibble(delta) << 4) | nibble(length));
            extended(out, delta);
            extended(out, length);
            out.writeBytes(option.value());
            previous = option.number();
        }
        if (payload.length > 0) {
            out.write(0xff);
            out.writeBytes(payload);
        }
        return out.toByteArray();
    }

    private static int nibble(int value) {
        return value < 13 ? value : value < 269 ? 13 : 14;
    }

    private static void extended(ByteArrayOutputStream out, int value) {
        if (value >= 269) {
            out.write((value - 269) >> 8);
            out.write(value - 269);
        } else if (value >= 13) {
            out.write(value - 13);
        }
    }

    public static RawMessage read(byte[] datagram) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        int first = in.get() & 0xff;
        int code = in.get() & 0xff;
        int mid = in.getShort() & 0xffff;
        byte[] token = bytes(in, first & 15);
        List<Option> options = new ArrayList<>();
        int number = 0;
        while (in.hasRemaining()) {
            int head = in.get() & 0xff;
            if (head == 0xff) {
                break;
            }
            number += extended(in, head >> 4);
            options.add(new Option(number, bytes(in, extended(in, head & 15))));
        }
        return new RawMessage((first >> 4) & 3, code, mid, token, options, bytes(in, in.remaining()));
    }

    private static int extended(ByteBuffer in, int nibble) {
        return nibble < 13 ? nibble : nibble == 13 ? (in.get() & 0xff) + 13 : (in.getShort() & 0xffff) + 269;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return List.of("CON", "NON", "ACK", "RST").get(type) + " " + codeText() + " mid=" + mid + " options="
                + options.stream().map(Option::number).toList() + " payload=" + payload.length;
    }
}
