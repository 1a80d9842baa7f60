/** The domain's names for the shapes the server describes; nothing here is written by hand twice. */
import type { paths } from "./generated";

type Ok<Operation> = Operation extends { responses: infer Responses }
  ? Responses extends { 200: { content: { "application/json": infer Body } } }
    ? Body
    : Responses extends { 201: { content: { "application/json": infer Body } } }
      ? Body
      : never
  : never;
type Sent<Operation> = Operation extends { requestBody: { content: { "application/json": infer Body } } } ? Body : never;

export type Me = Ok<paths["/api/v1/me"]["get"]>;

export type ConversationPage = Ok<paths["/api/v1/conversations"]["get"]>;
export type Conversation = ConversationPage["items"][number];
export type HandoverSummary = NonNullable<Conversation["needs_person_summary"]>;
export type Contact = Conversation["contact"];
export type Counts = Ok<paths["/api/v1/conversations/counts"]["get"]>;
export type Label = Conversation["labels"][number];
export type Priority = Conversation["priority"];
export type NewLabel = Sent<paths["/api/v1/labels"]["post"]>;
export type LabelChange = Sent<paths["/api/v1/labels/{label_id}"]["patch"]>;
export type CannedReply = Ok<paths["/api/v1/canned-replies"]["get"]>["items"][number];
export type NewCannedReply = Sent<paths["/api/v1/canned-replies"]["post"]>;
export const COLOURS: readonly Label["colour"][] = ["green", "blue", "purple", "pink", "red", "orange", "teal", "grey"];
export type ContactDetail = Ok<paths["/api/v1/contacts/{contact_id}"]["get"]>;
export type ListedContact = Ok<paths["/api/v1/contacts"]["get"]>["items"][number];
export type ContactMerge = Ok<paths["/api/v1/contacts/{contact_id}/merges"]["get"]>["items"][number];
export type ConsentRecord = Ok<paths["/api/v1/contacts/{contact_id}/consents"]["get"]>;
export type MemberPage = Ok<paths["/api/v1/members"]["get"]>;
export type Mode = Conversation["mode"];
export type ConversationStatus = Conversation["status"];

export type MessagePage = Ok<paths["/api/v1/conversations/{conversation_id}/messages"]["get"]>;
export type Message = MessagePage["items"][number];
export type NewMessage = Sent<paths["/api/v1/conversations/{conversation_id}/messages"]["post"]>;
export type MessageStatus = Message["status"];
export type Trace = Ok<paths["/api/v1/messages/{message_id}/trace"]["get"]>;

export type Judgement = Trace["judgements"][number];
export type WrongAnswerPage = Ok<paths["/api/v1/judged-answers"]["get"]>;
export type WrongAnswer = WrongAnswerPage["items"][number];

export type ChannelPage = Ok<paths["/api/v1/channels"]["get"]>;
export type Channel = ChannelPage["items"][number];
export type NewChannel = Sent<paths["/api/v1/channels"]["post"]>;
export type ChannelChange = Sent<paths["/api/v1/channels/{channel_id}"]["patch"]>;
export type ChannelProvider = Ok<paths["/api/v1/channel-providers"]["get"]>["items"][number];
export type ProviderField = ChannelProvider["fields"][number];
export type ChannelTest = Ok<paths["/api/v1/channels/{channel_id}/test"]["post"]>;

export type SandboxAccess = Ok<paths["/api/v1/sandbox"]["get"]>;
export type EventPage = Ok<paths["/api/v1/events"]["get"]>;

export type Tenant = Ok<paths["/api/v1/tenant"]["get"]>;
export type TenantChange = Sent<paths["/api/v1/tenant"]["patch"]>;
export type Member = Ok<paths["/api/v1/members"]["get"]>["items"][number];
export type NewMember = Sent<paths["/api/v1/members"]["post"]>;
export type MemberChange = Sent<paths["/api/v1/members/{member_id}"]["patch"]>;
export type Role = Member["role"];
export type OneTimeLink = Ok<paths["/api/v1/members/{member_id}/link"]["post"]>;
export type ApiKey = Ok<paths["/api/v1/api-keys"]["get"]>["items"][number];
export type NewApiKey = Sent<paths["/api/v1/api-keys"]["post"]>;
export type Permission = ApiKey["scopes"][number];
export type AuditPage = Ok<paths["/api/v1/audit"]["get"]>;
export type AuditEntry = AuditPage["items"][number];

export type Template = Ok<paths["/api/v1/templates"]["get"]>["items"][number];
export type TemplateLayout = Template["layout"];
export type AlertPage = Ok<paths["/api/v1/alerts"]["get"]>;
export type Alert = AlertPage["items"][number];
export type Connection = Ok<paths["/api/v1/channels/{channel_id}/connection"]["get"]>;
export type Pairing = Ok<paths["/api/v1/channels/{channel_id}/pairing"]["get"]>;
export type TemplateChoice = NonNullable<Channel["window_template"]>;
export type TemplateExample = Ok<paths["/api/v1/templates/examples"]["post"]>;
export type TemplateChannel = Ok<paths["/api/v1/template-channels"]["get"]>["items"][number];
export type NewTemplate = Sent<paths["/api/v1/templates"]["post"]>;

export type ScenarioList = Ok<paths["/api/v1/scenarios"]["get"]>;
export type Scenario = ScenarioList["items"][number];

export type Rule = Ok<paths["/api/v1/rules"]["get"]>["items"][number];
export type NewRule = Sent<paths["/api/v1/rules"]["post"]>;
export type RuleChange = Sent<paths["/api/v1/rules/{rule_id}"]["patch"]>;
export type RuleTrial = Ok<paths["/api/v1/rules/test"]["post"]>;

export type Demo = Ok<paths["/api/v1/demo"]["get"]>;
export type DemoName = Sent<paths["/api/v1/demo"]["post"]>["name"];

export type Source = Ok<paths["/api/v1/knowledge/sources"]["get"]>["items"][number];
export type TriedAnswer = Ok<paths["/api/v1/knowledge/ask"]["post"]>;
export type Passage = Ok<paths["/api/v1/knowledge/sources/{source_id}/passages"]["get"]>["items"][number];

export type DeliveryPage = Ok<paths["/api/v1/deliveries"]["get"]>;
export type Delivery = DeliveryPage["items"][number];
export type DeliveryDetail = Ok<paths["/api/v1/deliveries/{delivery_id}"]["get"]>;
export type Verdict = Delivery["verdict"];
export type RedriveFilter = Sent<paths["/api/v1/deliveries/redrive"]["post"]>;
export type Redriven = Ok<paths["/api/v1/deliveries/redrive"]["post"]>;

export type LogPage = Ok<paths["/api/v1/messages"]["get"]>;
export type LogLine = LogPage["items"][number];
