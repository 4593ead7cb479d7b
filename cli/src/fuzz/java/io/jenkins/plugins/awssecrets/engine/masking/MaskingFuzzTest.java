package io.jenkins.plugins.awssecrets.engine.masking;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The stream against the naive way, with inputs that Jazzer finds by the code they reach. */
class MaskingFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void streamAndNaiveWayAgree(byte[] data) {
        FuzzedMasking.run(data);
    }
}
