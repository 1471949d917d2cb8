package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.MALFORMED;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNSUPPORTED_ALGORITHM;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNSUPPORTED_CRITICAL_HEADER;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.inspect.CoseLayer.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts one header around content that is sound, and takes away what is refused, one after the other, to see what is behind. */
final class HeaderTrial {

    /** Claims that nothing is wrong with before their issuer is looked up: {@code {1: "x"}}. */
    private static final byte[] SOUND_CLAIMS = {(byte) 0xa1, 0x01, 0x61, 'x'};

    private static final int LABEL_ALG = 1;
    private static final int LABEL_CRIT = 2;
    private static final int LABEL_IV = 5;
    private static final int LABEL_PARTIAL_IV = 6;
    private static final byte[] NO_HEADER = {(byte) 0xa0};

    private final Structure structure;
    private final CoseAlgorithm sound;
    private final List<CborItem.Entry> entries;
    private byte[] protectedBytes;
    private byte[] unprotected;

    private HeaderTrial(CoseLayer layer, CoseAlgorithm sound) {
        this.structure = layer.structure();
        this.sound = sound;
        this.entries = new ArrayList<>(layer.protectedHeader());
        this.protectedBytes = layer.protectedBucket().content();
        this.unprotected = layer.unprotectedBucket().encoded();
    }

    /** All that is wrong with the header of this layer; nothing for structures that are refused as such. */
    static Collection<CwtRefusal> refusals(CoseLayer layer, TokenGate gate) {
        return switch (layer.structure()) {
            case SIGN1 -> new HeaderTrial(layer, CoseAlgorithm.ES256).refusals(gate);
            case MAC0 -> new HeaderTrial(layer, CoseAlgorithm.HMAC_256_256).refusals(gate);
            case ENCRYPT0 -> new HeaderTrial(layer, CoseAlgorithm.A128GCM).refusals(gate);
            default -> List.of();
        };
    }

    private Collection<CwtRefusal> refusals(TokenGate gate) {
        Set<CwtRefusal> refusals = new LinkedHashSet<>();
        Optional<CwtRefusal> next = gate.refusal(message());
        while (next.isPresent() && refusals.add(next.get())) {
            takeAway(next.get().reason());
            next = gate.refusal(message());
        }
        return refusals;
    }

    private void takeAway(Reason reason) {
        if (reason == UNSUPPORTED_CRITICAL_HEADER) {
            remove(LABEL_CRIT);
            protectedBytes = Bytes.map(entries);
        } else if (reason == UNSUPPORTED_ALGORITHM) {
            remove(LABEL_ALG);
            if (structure == Structure.ENCRYPT0) { // what length an IV should have, nobody knows
                setIv(sound);
            }
            protectedBytes = withAlgorithm();
        } else if (reason == MALFORMED) {
            unprotected = NO_HEADER;
            if (structure == Structure.ENCRYPT0) {
                setIv(CoseLayer.algorithm(entries).orElse(sound));
            }
            protectedBytes = Bytes.map(entries);
        }
    }

    private void setIv(CoseAlgorithm algorithm) {
        remove(LABEL_IV);
        remove(LABEL_PARTIAL_IV);
        unprotected = Bytes.join(new byte[] {(byte) 0xa1, LABEL_IV}, Bytes.string(new byte[algorithm.nonceLength()]));
    }

    private void remove(int label) {
        entries.removeIf(entry -> entry.key().isInteger(label));
    }

    private byte[] withAlgorithm() {
        byte[] map = Bytes.map(entries);
        byte[] head = {(byte) (map[0] + 1), LABEL_ALG, encoded(sound.id())};
        return entries.size() < 23 ? Bytes.join(head, Arrays.copyOfRange(map, 1, map.length)) : map;
    }

    /** An integer of one byte. */
    private static byte encoded(int value) {
        return (byte) (value < 0 ? 0x20 | ~value : value);
    }

    private byte[] message() {
        byte tag = (byte) (0xc0 | structure.tag());
        return structure == Structure.ENCRYPT0
                ? Bytes.join(
                        new byte[] {tag, (byte) 0x83},
                        Bytes.string(protectedBytes),
                        unprotected,
                        Bytes.string(new byte[16]))
                : Bytes.join(
                        new byte[] {tag, (byte) 0x84},
                        Bytes.string(protectedBytes),
                        unprotected,
                        Bytes.string(SOUND_CLAIMS),
                        Bytes.string(new byte[64]));
    }
}
