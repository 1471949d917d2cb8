package io.coapgate.gateway.payload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The CoAP Content-Formats registry (RFC 7252 §12.3), both ways: a number's media type and content coding, and the number
 * that an HTTP {@code Content-Type} with its {@code Content-Encoding} has. Immutable and safe for all threads; a look-up by
 * number or by the registry's own spelling is one hash look-up.
 *
 * <p>A media type has a number if type and subtype are the same without regard to case, and each parameter that the registry
 * uses for that type has the same value, in any order, quoted or not. Other parameters are passed over, as RFC 2045 §5 asks
 * of names that are not recognized. A charset counts for every type: {@code utf-8}, {@code us-ascii} or none is what the
 * registry's textual types mean anyway; with another charset a type has no number, for its bytes would be misread.
 *
 * <p>{@code application/coap-payload;cf=N} (RFC 8075 §6.2) is the number N, registered or not.
 */
public final class ContentFormats {
    private static final ContentFormats IANA = new ContentFormats(RegistryFile.rows());

    private static final String ANY_PAYLOAD = "application/coap-payload";
    private static final int MAX_ID = 0xffff;

    private final Map<Integer, RegisteredFormat> byId = new HashMap<>();
    private final Map<String, RegisteredFormat> bySpelling = new HashMap<>();
    private final Map<String, Family> byEssence = new HashMap<>();

    private record Member(MediaType type, RegisteredFormat format) {}

    /** The rows of one type and subtype, and the names of the parameters that tell them apart. */
    private record Family(Set<String> names, List<Member> members) {
        Family() {
            this(new TreeSet<>(), new ArrayList<>());
        }

        void add(MediaType type, RegisteredFormat format) {
            members.add(new Member(type, format));
            type.parameters().keySet().stream()
                    .filter(name -> !name.equals(MediaType.CHARSET))
                    .forEach(names::add);
        }

        OptionalInt find(MediaType type, String contentCoding) {
            for (Member member : members) {
                if (member.format().contentCoding().equals(contentCoding) && type.agrees(member.type(), names)) {
                    return OptionalInt.of(member.format().id());
                }
            }
            return OptionalInt.empty();
        }
    }

    private ContentFormats(List<RegisteredFormat> rows) {
        for (RegisteredFormat row : rows) {
            MediaType type = MediaType.parse(row.mediaType())
                    .orElseThrow(() -> new IllegalStateException("not a media type in the registry: " + row));
            if (byId.put(row.id(), row) != null) {
                throw new IllegalStateException("twice in the registry: " + row.id());
            }
            if (!row.isEncoded()) {
                bySpelling.put(row.mediaType(), row);
            }
            byEssence.computeIfAbsent(type.essence(), essence -> new Family()).add(type, row);
        }
    }

    /** All that IANA had registered in the state that {@code content-formats.tsv} names. */
    public static ContentFormats iana() {
        return IANA;
    }

    /** What a number stands for; empty if IANA has not assigned it. */
    public Optional<RegisteredFormat> get(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The number of a body without content coding, as {@link #find(String, String)}. */
    public OptionalInt find(String contentType) {
        RegisteredFormat spelled = bySpelling.get(contentType);
        return spelled == null ? find(contentType, RegisteredFormat.IDENTITY) : OptionalInt.of(spelled.id());
    }

    /**
     * The number of a media type in a content coding; empty if they have none, or either is not well-formed.
     *
     * @param contentType the value of an HTTP {@code Content-Type}
     * @param contentCoding the one coding of an HTTP {@code Content-Encoding}, or {@code identity}
     */
    public OptionalInt find(String contentType, String contentCoding) {
        Optional<MediaType> type = MediaType.parse(contentType);
        return type.isEmpty() ? OptionalInt.empty() : find(type.get(), MediaType.lower(contentCoding.strip()));
    }

    OptionalInt find(MediaType type, String contentCoding) {
        if (type.essence().equals(ANY_PAYLOAD)) {
            return number(type.parameters().getOrDefault("cf", ""));
        }
        if (!type.isUtf8()) {
            return OptionalInt.empty();
        }
        Family family = byEssence.get(type.essence());
        return family == null ? OptionalInt.empty() : family.find(type, contentCoding);
    }

    private static OptionalInt number(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int id = Integer.parseInt(digits);
        return id > MAX_ID ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
