package io.coapgate.crypto.cwt;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name of a claim: an integer, or rarely text (RFC 8392 §1.1, claim key). Immutable, equal by content. */
public final class ClaimLabel {

    private final Object label;

    private ClaimLabel(Object label) {
        this.label = label;
    }

    /** The claim with this integer key. */
    public static ClaimLabel of(long label) {
        return new ClaimLabel(label);
    }

    /** The claim with this text key. */
    public static ClaimLabel of(String label) {
        return new ClaimLabel(Objects.requireNonNull(label, "label"));
    }

    static ClaimLabel ofCbor(CBORObject key) throws InvalidCwtException {
        if (key.getType() == CBORType.Integer && key.CanValueFitInInt64()) {
            return of(key.AsInt64Value());
        }
        if (key.getType() == CBORType.TextString) {
            return of(key.AsString());
        }
        throw new InvalidCwtException(
                InvalidCwtException.Reason.MALFORMED, "a claim key that is neither an integer nor text");
    }

    /** The number of a known claim; 0, which no claim has, for any other label. */
    int number() {
        boolean known = label instanceof Long number
                && ((number >= ClaimsReader.ISS && number <= ClaimsReader.SCOPE)
                        || number == ClaimsReader.CNONCE
                        || number == ClaimsReader.EXI);
        return known ? ((Long) label).intValue() : 0;
    }

    CBORObject toCbor() {
        return label instanceof Long number ? CBORObject.FromObject(number) : CBORObject.FromObject((String) label);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimLabel that && label.equals(that.label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label.toString();
    }
}
