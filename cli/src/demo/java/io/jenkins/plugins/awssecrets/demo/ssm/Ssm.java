package io.jenkins.plugins.awssecrets.demo.ssm;

import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.AwsJsonEndpoint;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Operation;
import io.jenkins.plugins.awssecrets.demo.aws.Regions;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import io.jenkins.plugins.awssecrets.demo.seed.ParameterSeed;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Parameter Store as the SSM API reference describes it, version 2014-11-06. */
public final class Ssm {
    private Ssm() {}

    public static Endpoint endpoint(AwsSeed account, List<ParameterSeed> seeds, AccessKeys keys, Iam iam, Clock clock) {
        return new AwsJsonEndpoint(
                Service.SSM,
                "InternalServerError",
                Regions.of(account, seeds, ParameterSeed::region, (place, some) -> operations(place, some, iam, clock)),
                keys);
    }

    private static Map<String, Operation> operations(AwsSeed account, List<ParameterSeed> seeds, Iam iam, Clock clock) {
        ParameterStore store = new ParameterStore(account, seeds, clock);
        ReadParameters read = new ReadParameters(store, iam);
        ListParameters list = new ListParameters(store, iam);
        WriteParameters write = new WriteParameters(store, iam);
        return Map.ofEntries(
                Map.entry("GetParameter", read::getParameter),
                Map.entry("GetParameters", read::getParameters),
                Map.entry("GetParametersByPath", read::getParametersByPath),
                Map.entry("DescribeParameters", list::describeParameters),
                Map.entry("ListTagsForResource", list::listTags),
                Map.entry("PutParameter", write::putParameter),
                Map.entry("LabelParameterVersion", write::labelVersion),
                Map.entry("AddTagsToResource", write::addTags),
                Map.entry("RemoveTagsFromResource", write::removeTags),
                Map.entry("DeleteParameter", write::deleteParameter),
                Map.entry("DeleteParameters", write::deleteParameters));
    }
}
