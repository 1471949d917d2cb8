package io.coapgate.crypto.ace;

import com.upokecenter.cbor.CBORObject;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a query of the token revocation list was refused: concise problem details with the entry {@code ace-trl-error}, content
 * format 257 (RFC 9770 §6.1).
 *
 * @param cursor the current one, where the error has it; the inner one is empty for null
 */
public record RevocationListError(Kind kind, Optional<OptionalLong> cursor) {
    private static final int TITLE = -1;
    private static final int TRL_ERROR = 1;
    private static final int ERROR_ID = 0;
    private static final int CURSOR = 1;

    /** RFC 9770 §13. */
    public enum Kind {
        INVALID_VALUE(0, "Invalid parameter value"),
        INVALID_SET(1, "Invalid set of parameters"),
        OUT_OF_BOUND(2, "Out of bound cursor value");

        private final int id;
        private final String title;

        Kind(int id, String title) {
            this.id = id;
            this.title = title;
        }
    }

    public RevocationListError {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(cursor, "cursor");
    }

    public byte[] encode() {
        CBORObject entry = CBORObject.NewMap();
        entry.set(CBORObject.FromObject(ERROR_ID), CBORObject.FromObject(kind.id));
        cursor.ifPresent(current -> entry.set(
                CBORObject.FromObject(CURSOR),
                current.isPresent() ? CBORObject.FromObject(current.getAsLong()) : CBORObject.Null));
        return new AceMap().put(TITLE, kind.title).put(TRL_ERROR, entry).encode();
    }
}
