package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusMappingTest {
    @ParameterizedTest
    @CsvSource({
        "GET,200,2.05",
        "FETCH,200,2.05",
        "POST,200,2.04",
        "PUT,200,2.04",
        "PATCH,200,2.04",
        "IPATCH,204,2.04",
        "DELETE,200,2.02",
        "POST,201,2.01",
        "PUT,201,2.01",
        "POST,202,2.04",
        "GET,203,2.05",
        "DELETE,204,2.02",
        "GET,204,2.05",
        "GET,207,2.05",
        "GET,304,2.03",
        "GET,400,4.00",
        "GET,401,4.03",
        "GET,403,4.03",
        "GET,404,4.04",
        "PUT,405,4.05",
        "GET,406,4.06",
        "GET,407,4.03",
        "POST,408,5.04",
        "PUT,409,4.09",
        "GET,410,4.04",
        "PUT,411,4.00",
        "PUT,412,4.12",
        "PUT,413,4.13",
        "PUT,415,4.15",
        "GET,418,4.00",
        "GET,421,5.02",
        "PUT,422,4.22",
        "GET,425,5.03",
        "PUT,428,4.12",
        "GET,429,4.29",
        "GET,451,4.03",
        "GET,499,4.00",
        "GET,500,5.00",
        "GET,501,5.01",
        "GET,502,5.02",
        "GET,503,5.03",
        "GET,504,5.04",
        "GET,505,5.00",
        "GET,599,5.00",
    })
    void mapsByStatusThenByClass(CoapMethod method, int status, String code) {
        assertThat(StatusMapping.code(method, status)).hasToString(code);
    }

    @ParameterizedTest
    @EnumSource(CoapMethod.class)
    void everyFinalStatusHasACodeOfAFittingClass(CoapMethod method) {
        for (int status = 200; status < 600; status++) {
            if (status / 100 != 3) {
                CoapCode code = StatusMapping.code(method, status);
                assertThat(code.isSuccess())
                        .as("%s %s %d", code, method, status)
                        .isEqualTo(status < 300);
            }
        }
    }
}
