with

source as (
    {{ newest_rows(
        source('landing', 'return_requests'),
        keys=['return_line_id'],
        payload=[
            'return_id', 'order_line_id', 'order_id', 'sku', 'requested_at', 'request_channel',
            'return_type', 'reason_code', 'reason_system', 'reason_text', 'quantity',
            'requested_resolution', 'wanted_sku', 'usage_state', 'decision', 'decision_rule_id',
            'policy_version', 'decided_at', 'decided_by', 'review_minutes', 'exchange_offered_at',
            'offered_sku', 'location_id', 'is_holdout'
        ]
    ) }}
),

renamed as (
    select
        return_line_id,
        return_id,
        order_line_id,
        order_id,
        sku,
        reason_code,
        reason_system,
        wanted_sku,
        decision_rule_id,
        policy_version,
        decided_by,
        offered_sku,
        location_id,
        request_channel as request_channel_code,
        return_type as return_type_code,
        reason_text,
        requested_resolution as requested_resolution_code,
        usage_state as usage_state_text,
        decision as decision_code,
        source_system,
        cast(quantity as bigint) as requested_count,
        cast(review_minutes as double) as review_minutes,
        kept_place,
        other_place,
        coalesce(requested_at = 'unknown', false) as is_requested_day_unknown,
        cast(is_holdout as boolean) as is_holdout,
        cast(nullif(requested_at, 'unknown') as timestamp) as requested_at,
        cast(nullif(decided_at, 'unknown') as timestamp) as decided_at,
        cast(nullif(exchange_offered_at, 'unknown') as timestamp) as exchange_offered_at
    from source
)

select * from renamed
