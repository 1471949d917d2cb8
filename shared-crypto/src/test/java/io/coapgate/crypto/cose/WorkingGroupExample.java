package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseEnvelope.Structure;
import io.coapgate.crypto.cose.CoseException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One of the COSE working group's example files: a row of {@code working-group-examples.tsv}, by column. */
record WorkingGroupExample(Map<String, String> row) {

    private static final String ABSENT = "-";
    private static final Map<String, Integer> CURVES =
            Map.of("P-256", 1, "P-384", 2, "P-521", 3, "Ed25519", 6, "Ed448", 7);
    private static final Map<String, Map<String, String>> KEYS = keys();

    /** What becomes of a file here. */
    enum Verdict {
        ACCEPTED,
        FAILING,
        STRICTER,
        UNSUPPORTED
    }

    static List<WorkingGroupExample> all() {
        return rows("working-group-examples.tsv").stream()
                .map(WorkingGroupExample::new)
                .toList();
    }

    String file() {
        return cell("file");
    }

    String folder() {
        return file().substring(0, file().indexOf('/'));
    }

    Structure structure() {
        return switch (cell("structure")) {
            case "Sign1" -> Structure.SIGN1;
            case "Mac0" -> Structure.MAC0;
            case "Encrypt0" -> Structure.ENCRYPT0;
            default -> throw new IllegalStateException(cell("structure"));
        };
    }

    Verdict verdict() {
        return Verdict.valueOf(cell("class").toUpperCase(Locale.ROOT));
    }

    Reason reason() {
        return Reason.valueOf(cell("reason"));
    }

    CoseAlgorithm algorithm() {
        return CoseAlgorithm.ofIanaName(cell("algorithm")).orElseThrow();
    }

    CoseKey key() throws CoseException {
        Map<String, String> key = Objects.requireNonNull(KEYS.get(cell("key")), cell("key"));
        CBORObject map = CBORObject.NewMap();
        String curve = key.get("curve");
        if ("symmetric".equals(curve)) {
            map.Add(CoseKeyReader.KTY, CoseKey.Type.SYMMETRIC.id()).Add(CoseKeyReader.K, part(key, "x"));
        } else {
            boolean twoCoordinates = !ABSENT.equals(key.get("y"));
            map.Add(CoseKeyReader.KTY, (twoCoordinates ? CoseKey.Type.EC2 : CoseKey.Type.OKP).id());
            map.Add(CoseKeyReader.CRV, Objects.requireNonNull(CURVES.get(curve)));
            map.Add(CoseKeyReader.X, part(key, "x"));
            if (twoCoordinates) {
                map.Add(CoseKeyReader.Y, part(key, "y"));
            }
            map.Add(CoseKeyReader.D, part(key, "d"));
        }
        byte[] baseIv = bytes("base-iv");
        if (baseIv.length > 0) {
            map.Add(CoseKeyReader.BASE_IV, baseIv);
        }
        return CoseKey.ofCbor(map);
    }

    byte[] externalAad() {
        return bytes("external-aad");
    }

    byte[] plaintext() {
        return bytes("plaintext");
    }

    /** The Sig_structure, MAC_structure or Enc_structure. */
    byte[] authenticated() {
        return bytes("authenticated");
    }

    /** Whether the algorithm always makes the same of the same. */
    boolean isDeterministic() {
        return !cell("made").equals(ABSENT);
    }

    /** Whether we lay the headers out as the example does. */
    boolean isMadeTheSame() {
        return cell("made").equals("same");
    }

    byte[] message() {
        return bytes("message");
    }

    @Override
    public String toString() {
        return file();
    }

    private String cell(String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private byte[] bytes(String column) {
        return part(row, column);
    }

    private static byte[] part(Map<String, String> row, String column) {
        String cell = Objects.requireNonNull(row.get(column), column);
        return cell.equals(ABSENT) ? new byte[0] : hex(cell);
    }

    private static Map<String, Map<String, String>> keys() {
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        rows("working-group-keys.tsv").forEach(row -> keys.put(row.get("name"), row));
        return keys;
    }

    /** The rows of a file whose last comment names the columns. */
    private static List<Map<String, String>> rows(String resource) {
        List<String> lines = lines(resource);
        long comments = lines.stream().filter(line -> line.startsWith("#")).count();
        String[] columns = lines.get((int) comments - 1).substring(2).split("\t", -1);
        return lines.stream().skip(comments).map(line -> row(columns, line)).toList();
    }

    private static Map<String, String> row(String[] columns, String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != columns.length) {
            throw new IllegalStateException("a row of " + cells.length + " cells: " + line);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(columns[i], cells[i]);
        }
        return row;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = WorkingGroupExample.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
