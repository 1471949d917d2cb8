package io.coapgate.crypto.ace;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scope as ACE-OAuth has it (RFC 9200 §5.8.1): text as in OAuth, or a byte string whose meaning is agreed upon. */
public sealed interface AceScope {

    /** Scope tokens separated by spaces (RFC 6749 §3.3); not yet checked. */
    record OfText(String text) implements AceScope {
        public OfText {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Bytes, as an {@link Aif} is. Immutable, equal by content. */
    final class OfBytes implements AceScope {
        private final byte[] bytes;

        private OfBytes(byte[] owned) {
            this.bytes = owned;
        }

        /** A copy. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfBytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "OfBytes[" + bytes.length + " bytes]";
        }
    }

    static AceScope of(String text) {
        return new OfText(text);
    }

    static AceScope of(byte[] bytes) {
        return new OfBytes(bytes.clone());
    }
}
